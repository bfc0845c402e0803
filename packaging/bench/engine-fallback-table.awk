# SPDX-License-Identifier: Apache-2.0
# Samples of engine --fallbacks to Markdown: a row for each fallback, beside everything on (the samples with -on, taken
# next to it) and wireguard-go. With medians.awk before it.
BEGIN {
    row("no-vnet-header", "no `vnet_hdr`", "`TUN_OFFLOADS=0`")
    row("no-uso", "no USO", "`TUN_USO=0`")
    row("no-udp-segment", "no `UDP_SEGMENT`", "`UDP_SEND_TRAINS=0`")
    row("no-udp-gro", "no `UDP_GRO`", "`UDP_RECEIVE_TRAINS=0`")
    row("no-merging", "`EINVAL` on merged writes", "`TUN_MERGE_TCP=0`, `TUN_MERGE_UDP=0`")
    row("openssl", "OpenSSL's ciphers", "`CRYPTO=openssl`")
    row("jce", "JCE's ciphers", "`CRYPTO=jce`")
}
function row(who, label, by) {
    rows[++count] = who
    labels[who] = label
    switches[who] = by
}
# Everything on: all that was measured beside the fallbacks.
function all_on(key,   i, k) {
    for (i = 1; i <= count; i++)
        for (k = 1; k <= n[key "-on", rows[i]]; k++) values[key, "on", ++n[key, "on"]] = values[key "-on", rows[i], k]
}
function line(label, by, who, beside) {
    printf "| %s | %s | %s | %s | %s | %s | %s | %s | %s | %s | %s |\n", label, by, number(median("tcp", who)),
        number(median("cpu-tcp", who)), number(median("udp", who)), number(median("cpu-udp", who)), quotient("tcp", who, beside),
        quotient("cpu-tcp", who, beside), quotient("cpu-udp", who, beside), against("tcp", who), against("cpu-tcp", who)
}
function quotient(key, who, beside) {
    return beside ? sprintf("%.2f", median(key, who) / median(key "-on", who)) : "–"
}
function against(key, who) { return who == "theirs" ? "–" : sprintf("%.2f", median(key, who) / median(key, "theirs")) }
END {
    print "| what is missing | switched off by `WGJ_ENGINE_…` | TCP, Gbit/s | CPU, s/GB | UDP, of 0.5 Gbit/s | CPU, s/GB | TCP ÷ all on | its CPU ÷ all on | UDP's CPU ÷ all on | TCP ÷ wireguard-go | its CPU ÷ wireguard-go |"
    print "|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    all_on("tcp"); all_on("cpu-tcp"); all_on("udp"); all_on("cpu-udp")
    line("nothing", "–", "on", 0)
    for (i = 1; i <= count; i++) line(labels[rows[i]], switches[rows[i]], rows[i], 1)
    line("(wireguard-go)", "–", "theirs", 0)
}
