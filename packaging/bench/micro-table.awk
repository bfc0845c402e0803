# SPDX-License-Identifier: Apache-2.0
# The record (name, ratio, tabs between; a comment that names its machine) and the samples of micro (round, name,
# nanoseconds, bytes allocated) to a Markdown table. Each part's best time is divided by the best time of a yardstick
# from the same run, and that ratio compared with the recorded one. Exits 1 when one is higher by more than its
# tolerance, or a part allocates that must not.
#   -v machine=TEXT    what was measured on
#   -v suspects=FILE   gets the names of the parts that are too slow, as a regular expression
#   -v record=FILE     gets the record anew; what was not measured keeps its line
# The best time, because what disturbs only adds to it. The tolerances, in per cent, are what four runs of the same code
# differed by (two of them beside a busy neighbour), and a half more. Where the compiler makes now this code and now that
# (short hashes, short messages through native calls, a million prefixes), that is much.
BEGIN {
    FS = "\t"
    yardstick("Yardsticks.hash", "SHA-256 of 1,420 bytes, JDK", "hash")
    yardstick("Yardsticks.clock", "1,000 multiplications in a row", "clock")
    yardstick("Yardsticks.memory", "a step to a random place in 64 MB", "memory")
    row("AeadBenchmark.seal 1420 jdk", "seal 1,420 bytes, jdk", "hash", 10, 0)
    row("AeadBenchmark.open 1420 jdk", "open 1,420 bytes, jdk", "hash", 10, 0)
    row("AeadBenchmark.seal 1420 openssl", "seal 1,420 bytes, openssl", "hash", 25, 0)
    row("AeadBenchmark.open 1420 openssl", "open 1,420 bytes, openssl", "hash", 25, 0)
    row("AeadBenchmark.seal 1420 jce", "seal 1,420 bytes, jce", "hash", 50, "")
    row("AeadBenchmark.open 1420 jce", "open 1,420 bytes, jce", "hash", 20, "")
    row("AeadBenchmark.seal 64 jdk", "seal 64 bytes, jdk", "hash", 25, 0)
    row("AeadBenchmark.open 64 jdk", "open 64 bytes, jdk", "hash", 25, 0)
    row("AeadBenchmark.seal 64 openssl", "seal 64 bytes, openssl", "hash", 45, 0)
    row("AeadBenchmark.open 64 openssl", "open 64 bytes, openssl", "hash", 45, 0)
    row("AeadBenchmark.seal 64 jce", "seal 64 bytes, jce", "hash", 20, "")
    row("AeadBenchmark.open 64 jce", "open 64 bytes, jce", "hash", 20, "")
    row("XorBenchmark.apply", "exclusive or of 1,420 bytes", "clock", 30, 0)
    row("ChecksumBenchmark.sum 1400", "sum over 1,400 bytes", "clock", 10, 0)
    row("ChecksumBenchmark.sum 40", "sum over 40 bytes", "clock", 15, 0)
    row("TrainBenchmark.cut", "cut a packet from 64 kB: headers, checksum", "clock", 10, 0)
    row("TrainBenchmark.join", "join a packet to 64 kB: compare, checksum, copy", "clock", 10, 0)
    row("AllowedIpsBenchmark.find4 10", "whose an address is, 10 peers", "clock", 10, 0)
    row("AllowedIpsBenchmark.find4 1000", "the same, 1,000 prefixes", "clock", 10, 0)
    row("AllowedIpsBenchmark.find4 1000000", "the same, 1,000,000 random prefixes", "memory", 120, 0)
    row("AllowedIpsBenchmark.find6 1000", "the same, 1,000 IPv6 prefixes", "clock", 25, 0)
    row("AllowedIpsBenchmark.find6 1000000", "the same, 1,000,000 random IPv6 prefixes", "memory", 15, 0)
    row("PathBenchmark.train", "a packet of a train: counter, header, seal", "hash", 10, 0)
    row("PathBenchmark.read", "a packet of a read of 64 kB: cut, look up, seal", "hash", 10, 0)
    row("PathBenchmark.smallReads", "a packet read alone: check, look up, seal", "hash", 10, 0)
    row("RxBenchmark.train", "a packet of a received train of 64 kB: open, check, join", "hash", 10, 0)
    row("RxBenchmark.datagrams", "a packet received alone: open, check, join", "hash", 10, 0)
    row("HandshakeBenchmark.initiation", "handshake: begin", "clock", 15, "")
    row("HandshakeBenchmark.response", "handshake: answer", "clock", 20, "")
    row("HandshakeBenchmark.whole", "handshake: both sides", "clock", 35, "")
    row("X25519Benchmark.agreeWithOwnKey openssl", "X25519 with the device's key, openssl", "clock", 10, "")
    row("X25519Benchmark.agreeWithOwnKey bouncycastle", "X25519 with the device's key, bouncycastle", "clock", 10, "")
    row("X25519Benchmark.publicKeyOfNewKey openssl", "public key of a new key, openssl", "clock", 10, "")
    row("X25519Benchmark.publicKeyOfNewKey bouncycastle", "public key of a new key, bouncycastle", "clock", 15, "")
    row("HashBenchmark.mac", "BLAKE2s, MAC of 116 bytes", "clock", 60, "")
    row("HashBenchmark.kdf2", "BLAKE2s, KDF2", "clock", 40, "")
}
function row(key, label, by, tolerance, bytes) {
    keys[++rows] = key
    labels[key] = label
    yards[key] = by
    tolerances[key] = tolerance
    limits[key] = bytes
}
function yardstick(key, label, name) {
    yardKeys[++yardCount] = key
    labels[key] = label
    names[key] = name
    keyOf[name] = key
}
/^# / { recordedMachine = substr($0, 3); next }
NF == 2 { recorded[$1] = $2 }
NF == 4 {
    if (!($2 in labels)) unknown[$2] = 1
    times[$2, ++n[$2]] = $3
    if (n[$2] == 1 || $4 + 0 < bytes[$2]) bytes[$2] = $4 + 0
}
function sort(key,   i, j, v) {
    for (i = 2; i <= n[key]; i++) {
        v = times[key, i]
        for (j = i - 1; j >= 1 && times[key, j] + 0 > v + 0; j--) times[key, j + 1] = times[key, j]
        times[key, j + 1] = v
    }
}
function at(key, part,   place) {
    place = 1 + (n[key] - 1) * part
    return (times[key, int(place)] + times[key, int(place + 0.5)]) / 2
}
function number(v) { return sprintf(v >= 100 ? "%.0f" : v >= 10 ? "%.1f" : v >= 1 ? "%.2f" : v >= 0.1 ? "%.3f" : "%.4f", v) }
function start(key) {
    sort(key)
    return sprintf("| %s | %s | %s ± %s", labels[key], number(at(key, 0)), number(at(key, 0.5)), number((at(key, 0.75) - at(key, 0.25)) / 2))
}
END {
    print "| part | best, ns | median, ns | ratio | recorded | change | bytes |"
    print "|---|--:|--:|--:|--:|--:|--:|"
    for (i = 1; i <= rows; i++) {
        key = keys[i]
        if (!n[key]) continue
        by = keyOf[yards[key]]
        if (!n[by]) {
            print "micro: nothing was measured of the yardstick " yards[key] >"/dev/stderr"
            exit 1
        }
        line = start(key)
        sort(by)
        ratio = at(key, 0) / at(by, 0)
        now[key] = ratio
        change = "–"
        if (key in recorded) {
            percent = (ratio / recorded[key] - 1) * 100
            change = sprintf("%+.0f", percent)
            if (change ~ /^.0$/) change = "0"
            change = change " % of ±" tolerances[key]
            if (percent > tolerances[key]) {
                slower = slower sprintf("\n  %s: %+.0f %%, where %d is usual", labels[key], percent, tolerances[key])
                method = key
                sub(/ .*/, "", method)
                expression = expression (expression == "" ? "" : "|") method "$"
            }
        }
        if (limits[key] != "" && bytes[key] >= limits[key] + 0.5) allocates = allocates sprintf("\n  %s: %.0f bytes", labels[key], bytes[key])
        was = key in recorded ? number(recorded[key]) : "–"
        printf "%s | %s × %s | %s | %s | %.0f |\n", line, number(ratio), yards[key], was, change, bytes[key]
    }
    for (i = 1; i <= yardCount; i++) {
        key = yardKeys[i]
        if (n[key]) printf "%s | 1 × %s | – | – | %.0f |\n", start(key), names[key], bytes[key]
    }
    if (recordedMachine != "" && recordedMachine != machine) printf "\nThe record is of another machine: %s.\n", recordedMachine
    if (suspects != "") printf "%s", expression >suspects
    if (record != "") {
        print "# " machine >record
        for (i = 1; i <= rows; i++) {
            key = keys[i]
            if (key in now) printf "%s\t%.5f\n", key, now[key] >record
            else if (key in recorded) printf "%s\t%s\n", key, recorded[key] >record
        }
    }
    for (key in unknown) {
        print "micro: " key " has no row in micro-table.awk" >"/dev/stderr"
        failed = 1
    }
    if (slower != "") print "micro: slower than recorded:" slower >"/dev/stderr"
    if (allocates != "") print "micro: allocates:" allocates >"/dev/stderr"
    exit failed || slower != "" || allocates != ""
}
