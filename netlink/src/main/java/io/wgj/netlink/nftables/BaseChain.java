// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

/// A chain on a hook of the kernel; it accepts packets unless a rule drops them.
///
/// @param name a byte a char, unique in its table
/// @param priority lower is earlier, `PRIORITY_…`
public record BaseChain(String name, Type type, Hook hook, int priority) {
    /// `NF_IP_PRI_RAW` (linux/netfilter_ipv4.h): before connection tracking.
    public static final int PRIORITY_RAW = -300;
    /// `NF_IP_PRI_MANGLE`: after connection tracking.
    public static final int PRIORITY_MANGLE = -150;

    /// What the rules of a chain may do to packets.
    public enum Type {
        FILTER("filter"),
        /// At [Hook#OUTPUT]: the kernel routes a packet again when a rule changes its addresses or mark.
        ROUTE("route");

        private final String word;

        Type(String word) {
            this.word = word;
        }

        /// The kernel's name.
        public String word() {
            return word;
        }
    }

    /// The places in the packet's path: `NF_INET_…` (linux/netfilter.h), in the kernel's order.
    public enum Hook {
        PREROUTING(0),
        INPUT(1),
        FORWARD(2),
        OUTPUT(3),
        POSTROUTING(4);

        private final int number;

        Hook(int number) {
            this.number = number;
        }

        /// The kernel's number.
        public int number() {
            return number;
        }
    }
}
