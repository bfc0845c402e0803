# SPDX-License-Identifier: Apache-2.0
# Samples of engine to an SVG: for each row a bar for ours and one for wireguard-go, as long as it is good, the better one
# filling the row.
BEGIN {
    FS = "\t"
    row("tcp1", "TCP, 1 stream", "Gbit/s", 1)
    row("tcp4", "TCP, 4 streams", "Gbit/s", 1)
    row("udp", "UDP at ≤ 1 % loss", "Gbit/s", 1)
    row("cpu-tcp", "CPU per GB, TCP", "s (less is better)", 0)
    row("cpu-udp", "CPU per GB, UDP", "s (less is better)", 0)
    row("idle-median", "Round trip, idle", "ms (less is better)", 0)
    row("busy-p99", "Round trip, busy, p99", "ms (less is better)", 0)
    row("resident", "Memory", "MB (less is better)", 0)
    row("handshakes", "Handshakes", "per CPU second", 1)
    row("start", "Start to first handshake", "ms (less is better)", 0)
}
function row(key, label, unit, more) {
    keys[++rows] = key
    labels[key] = label
    units[key] = unit
    grows[key] = more
}
{ values[$1, $2, ++n[$1, $2]] = $3 }
function median(key, who,   i, j, v, half) {
    for (i = 2; i <= n[key, who]; i++) {
        v = values[key, who, i]
        for (j = i - 1; j >= 1 && values[key, who, j] + 0 > v + 0; j--) values[key, who, j + 1] = values[key, who, j]
        values[key, who, j + 1] = v
    }
    half = (n[key, who] + 1) / 2
    return (values[key, who, int(half)] + values[key, who, int(half + 0.5)]) / 2
}
function number(v) { return sprintf(v >= 100 ? "%.0f" : v >= 10 ? "%.1f" : "%.2f", v) }
function bar(y, value, most, who) {
    printf "<rect x=\"190\" y=\"%d\" width=\"%.1f\" height=\"14\" rx=\"2\" class=\"%s\"/>\n", y, 380 * value / most, who
    printf "<text x=\"%.1f\" y=\"%d\" class=\"n\">%s</text>\n", 196 + 380 * value / most, y + 11, number(value)
}
END {
    height = 50 + rows * 46
    printf "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 660 %d\" font-family=\"sans-serif\" font-size=\"13\">\n", height
    light = ".page{fill:#fff}text{fill:#1f2328}.n,.u{font-size:11px}.u{fill:#59636e}.ours{fill:#1668a8}.theirs{fill:#b4bac0}"
    dark = ".page{fill:#0d1117}text{fill:#e6edf3}.u{fill:#9198a1}.ours{fill:#58a6ff}.theirs{fill:#656c76}"
    print "<style>" light "@media(prefers-color-scheme:dark){" dark "}</style>"
    printf "<rect width=\"660\" height=\"%d\" class=\"page\"/>\n", height
    print "<rect x=\"190\" y=\"14\" width=\"14\" height=\"14\" rx=\"2\" class=\"ours\"/><text x=\"210\" y=\"26\">wgj engine</text>"
    print "<rect x=\"310\" y=\"14\" width=\"14\" height=\"14\" rx=\"2\" class=\"theirs\"/><text x=\"330\" y=\"26\">wireguard-go</text>"
    for (i = 1; i <= rows; i++) {
        key = keys[i]
        if (!n[key, "ours"] || !n[key, "theirs"]) continue
        y = 44 + (i - 1) * 46
        ours = median(key, "ours")
        theirs = median(key, "theirs")
        most = ours > theirs ? ours : theirs
        if (most <= 0) most = 1
        printf "<text x=\"180\" y=\"%d\" text-anchor=\"end\">%s</text>\n", y + 12, labels[key]
        printf "<text x=\"180\" y=\"%d\" text-anchor=\"end\" class=\"u\">%s</text>\n", y + 27, units[key]
        bar(y, ours, most, "ours")
        bar(y + 16, theirs, most, "theirs")
    }
    print "</svg>"
}
