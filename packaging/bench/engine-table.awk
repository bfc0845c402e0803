# SPDX-License-Identifier: Apache-2.0
# Samples of engine (what, who, value, tabs between) to Markdown: ours beside theirs. A row has a bar: `least` what ours ÷
# theirs must reach, `most` what it may be, `value` what ours may be, or `floor` what ours must reach. Exits 1 when one is
# missed. What `hellos` says is the start in medians of the bare JVM hello of the same run. With medians.awk before it.
BEGIN {
    row("tcp1", "TCP, 1 stream, Gbit/s", "least", 1.5)
    row("tcp4", "TCP, 4 streams, Gbit/s", "least", 1.5)
    row("udp", "UDP of 1,392 bytes, best rate at ≤ 1 % loss, Gbit/s", "least", 1.5)
    row("udp-half", "UDP, delivered of 0.5 Gbit/s", "", 0)
    row("cpu-tcp", "CPU of both engines, TCP, s/GB", "most", 0.65)
    row("cpu-udp", "CPU of both engines, UDP at 0.5 Gbit/s, s/GB", "most", 0.65)
    row("all-cpu-tcp", "CPU of everything, TCP, s/GB", "", 0)
    row("idle-median", "round trip, idle, median, ms", "most", 1.0)
    row("idle-p99", "round trip, idle, p99, ms", "most", 1.0)
    row("busy-median", "round trip beside a TCP stream, median, ms", "", 0)
    row("busy-p99", "round trip beside a TCP stream, p99, ms", "most", 1.0)
    row("resident", "resident memory under load, MB", "value", 120)
    row("handshakes", "handshakes answered per second of CPU", "least", 1.0)
    row("start", "process start to first handshake answered, ms", "most", 40)
    row("hellos", "the same in bare JVM hellos", "value", 4)
    row("allocated", "bytes that TX and RX allocate per packet", "value", 0)
    row("first-second", "first second of TCP ÷ steady rate", "floor", 0.7)
}
function row(key, label, kind, bar) {
    keys[++rows] = key
    labels[key] = label
    kinds[key] = kind
    bars[key] = bar
}
function cell(key, who,   mine) {
    if (key == "hellos") {
        mine = hellos(who)
        return mine ? number(mine) : "–"
    }
    if (!n[key, who]) return "–"
    sort(key, who)
    return number(median(key, who)) " (" number(values[key, who, 1]) "–" number(values[key, who, n[key, who]]) ")"
}
function hellos(who) { return n["hello", "java"] && n["start", who] ? median("start", who) / median("hello", "java") : 0 }
END {
    print "| what | ours | wireguard-go | ours ÷ theirs | bar |"
    print "|---|--:|--:|--:|--:|"
    for (i = 1; i <= rows; i++) {
        key = keys[i]
        if (!n[key, "ours"] && !n[key, "theirs"] && (key != "hellos" || !hellos("ours"))) continue
        ours = cell(key, "ours")
        theirs = cell(key, "theirs")
        quotient = "–"
        bar = "–"
        if (n[key, "ours"] && n[key, "theirs"] && median(key, "theirs") > 0) {
            times = median(key, "ours") / median(key, "theirs")
            quotient = sprintf("%.2f", times)
            if (kinds[key] == "least" && times < bars[key] || kinds[key] == "most" && times > bars[key]) missed = missed " " key
        }
        if (key == "hellos" && hellos("ours") > bars[key]) missed = missed " " key
        if (n[key, "ours"]) {
            mine = median(key, "ours")
            if (kinds[key] == "value" && mine > bars[key] || kinds[key] == "floor" && mine < bars[key]) missed = missed " " key
        }
        if (kinds[key] == "least") bar = "≥ " bars[key]
        if (kinds[key] == "most") bar = "≤ " bars[key]
        if (kinds[key] == "value") bar = "ours ≤ " bars[key]
        if (kinds[key] == "floor") bar = "ours ≥ " bars[key]
        printf "| %s | %s | %s | %s | %s |\n", labels[key], ours, theirs, quotient, bar
    }
    if (n["hello", "java"]) printf "\nA bare JVM hello (`java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp hello.jar Hello`) took %s ms.\n", cell("hello", "java")
    limit = cell("all-cpu-tcp", "veth") != "–" && cell("aead", "veth") != "–"
    if (limit) {
        least = median("all-cpu-tcp", "veth") + median("aead", "veth")
        printf "\nThe least that this machine allows is %.2f s/GB for TCP: %.2f for the veth without a tunnel, and %.2f for encrypting\n", least, median("all-cpu-tcp", "veth"), median("aead", "veth")
        printf "and decrypting at the rate of `openssl speed`. Ours is at %.2f times that, wireguard-go at %.2f.\n", median("all-cpu-tcp", "ours") / least, median("all-cpu-tcp", "theirs") / least
    }
    if (missed != "") print "engine: missed:" missed >"/dev/stderr"
    exit missed != ""
}
