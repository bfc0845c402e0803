# SPDX-License-Identifier: Apache-2.0
# For tables of samples (what, side, value, separated by tabs): reads all samples and computes their medians.
BEGIN { FS = "\t" }
{ values[$1, $2, ++n[$1, $2]] = $3 }
function sort(key, who,   i, j, v) {
    for (i = 2; i <= n[key, who]; i++) {
        v = values[key, who, i]
        for (j = i - 1; j >= 1 && values[key, who, j] + 0 > v + 0; j--) values[key, who, j + 1] = values[key, who, j]
        values[key, who, j + 1] = v
    }
}
function median(key, who,   half) {
    sort(key, who)
    half = (n[key, who] + 1) / 2
    return (values[key, who, int(half)] + values[key, who, int(half + 0.5)]) / 2
}
function number(v) { return sprintf(v >= 100 ? "%.0f" : v >= 10 ? "%.1f" : v >= 0.1 || v == 0 ? "%.2f" : "%.3f", v) }
