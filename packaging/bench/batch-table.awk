# SPDX-License-Identifier: Apache-2.0
# Prints the table of ./bench batch from samples in microseconds; exits 1 when a bar is missed. medians.awk comes first.
END {
    batch = median("set", "batch"); wg = median("set", "wg"); wgj = median("set", "wgj"); ask = median("ask", "batch")
    print "| | time | bar |"
    print "|---|--:|--:|"
    printf "| the lines in one `wgj batch` | %s s | |\n", number(batch / 1e6)
    printf "| one `wgj` for each line | %s s, %.0f × | ≥ 20 × |\n", number(wgj / 1e6), wgj / batch
    printf "| one `wg` for each line | %s s, %s × | > 1 × |\n", number(wg / 1e6), number(wg / batch)
    printf "| `wg show interfaces` to a coprocess and back | %s ms | ≤ 1 ms |\n", number(ask / 1e3)
    exit !(wgj >= 20 * batch && wg > batch && ask <= 1000)
}
