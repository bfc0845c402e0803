// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import java.util.List;

/// What this host's packet filter (nftables) did during the observation.
///
/// @param droppedIn counted rules that dropped or rejected packets on their way to this host
/// @param droppedOut counted rules that did so with packets that this host sends
/// @param mayDropIn whether any rule or policy could drop what comes in, counted or not
/// @param mayDropOut whether any could drop what goes out
public record FirewallFacts(
        List<RuleCount> droppedIn, List<RuleCount> droppedOut, boolean mayDropIn, boolean mayDropOut) {
    /// No rule and no policy drops anything.
    public static final FirewallFacts OPEN = new FirewallFacts(List.of(), List.of(), false, false);

    public FirewallFacts {
        droppedIn = List.copyOf(droppedIn);
        droppedOut = List.copyOf(droppedOut);
    }

    /// The growth of a rule's counter.
    ///
    /// @param table such as `inet filter`, or `iptables filter` of iptables-legacy
    /// @param handle the rule's number, which `nft -a list` shows; of iptables-legacy its place in the chain, and
    ///     0 for the chain's policy
    /// @param packets counted during the observation
    public record RuleCount(String table, String chain, long handle, long packets) {
        /// Where the rule is.
        public String place() {
            return handle == 0
                    ? "table " + table + ", the policy of chain " + chain
                    : "table " + table + ", chain " + chain + ", rule " + handle;
        }

        /// The command that shows the rule with its counter.
        public String command() {
            int blank = table.indexOf(' ');
            String family = blank < 0 ? "" : table.substring(0, blank);
            return family.endsWith("tables")
                    ? family + "-legacy -t " + table.substring(blank + 1) + " -vnL " + chain + " --line-numbers"
                    : "nft -a list chain " + table + " " + chain;
        }
    }
}
