# SPDX-License-Identifier: Apache-2.0
# Samples (row, bar, who, seconds, tabs between) to a Markdown table: ours beside the other of the row. The bar is the
# highest quotient of the medians; exits 1 when one is over it.
BEGIN { FS = "\t" }
{
    if (!($1 in bars)) rows[++count] = $1
    bars[$1] = $2
    who = $3 == "ours" ? "ours" : "theirs"
    if (who == "theirs") names[$1] = $3
    seconds[$1, who, ++n[$1, who]] = $4
}
function sort(row, who,   i, j, v) {
    for (i = 2; i <= n[row, who]; i++) {
        v = seconds[row, who, i]
        for (j = i - 1; j >= 1 && seconds[row, who, j] > v; j--) seconds[row, who, j + 1] = seconds[row, who, j]
        seconds[row, who, j + 1] = v
    }
}
function at(row, who, part,   place) {
    place = 1 + (n[row, who] - 1) * part
    return (seconds[row, who, int(place)] + seconds[row, who, int(place + 0.5)]) / 2 * 1000
}
function cell(row, who) {
    if (!n[row, who]) return "–"
    sort(row, who)
    return sprintf("%.0f (%.0f–%.0f)", at(row, who, 0.5), at(row, who, 0.25), at(row, who, 0.75))
}
END {
    print "| what | ours, ms | the other, ms | ours ÷ the other | bar |"
    print "|---|--:|--:|--:|--:|"
    for (i = 1; i <= count; i++) {
        row = rows[i]
        mine = cell(row, "ours")
        other = cell(row, "theirs")
        quotient = "–"
        if (n[row, "ours"] && n[row, "theirs"]) {
            times = at(row, "ours", 0.5) / at(row, "theirs", 0.5)
            if (times > bars[row] + 0) missed = 1
            quotient = sprintf(times < 0.1 ? "%.4f" : "%.2f", times)
        }
        if (row in names) other = names[row] ": " other
        printf "| %s | %s | %s | %s | %s |\n", row, mine, other, quotient, bars[row]
    }
    exit missed
}
