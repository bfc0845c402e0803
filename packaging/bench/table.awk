# SPDX-License-Identifier: Apache-2.0
# Samples (label, tab, wall, user and system seconds) to a Markdown table whose first label is what the others are
# compared with. Labels in brackets are for information. Exits 1 when another is over `bar` times the first, or one that
# shows a device over `device_bar` times.
BEGIN { FS = "\t" }
{
    if (!($1 in count)) labels[++rows] = $1
    split($2, seconds, " ")
    n = ++count[$1]
    wall[$1, n] = seconds[1] * 1000
    cpu[$1, n] = (seconds[2] + seconds[3]) * 1000
}
function sort(values, label,   i, j, v) {
    for (i = 2; i <= count[label]; i++) {
        v = values[label, i]
        for (j = i - 1; j >= 1 && values[label, j] > v; j--) values[label, j + 1] = values[label, j]
        values[label, j + 1] = v
    }
}
function at(values, label, part,   place) {
    place = 1 + (count[label] - 1) * part
    return (values[label, int(place)] + values[label, int(place + 0.5)]) / 2
}
function cell(values, label) {
    return sprintf("%.0f (%.0f–%.0f)", at(values, label, 0.5), at(values, label, 0.25), at(values, label, 0.75))
}
END {
    print "| command | CPU ms | wall ms | CPU, × hello | wall, × hello |"
    print "|---|--:|--:|--:|--:|"
    for (i = 1; i <= rows; i++) {
        label = labels[i]
        sort(cpu, label)
        sort(wall, label)
        times_cpu = at(cpu, label, 0.5) / at(cpu, labels[1], 0.5)
        times_wall = at(wall, label, 0.5) / at(wall, labels[1], 0.5)
        limit = label ~ / dump/ ? device_bar : bar
        if (label !~ /^\(/ && (times_cpu > limit || times_wall > limit)) missed = 1
        printf "| %s | %s | %s | %.2f | %.2f |\n", label, cell(cpu, label), cell(wall, label), times_cpu, times_wall
    }
    exit missed
}
