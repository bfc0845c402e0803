// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.nftables;

/// A chain that packets come by, with a policy of accepting them.
///
/// @param name a byte a char, unique in its table
/// @param priority lower is earlier, `PRIORITY_…`
public record BaseChain(String name, Type type, Hook hook, int priority) {
    /// `NF_IP_PRI_RAW` (linux/netfilter_ipv4.h): before connection tracking.
    public static final int PRIORITY_RAW = -300;
    /// `NF_IP_PRI_MANGLE`: behind connection tracking.
    public static final int PRIORITY_MANGLE = -150;

    /// What a chain may do to packets.
    public enum Type {
        FILTER("filter"),
        /// At [Hook#OUTPUT]: a packet whose addresses or mark it changes is routed again.
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

    /// Where packets come by: `NF_INET_…` (linux/netfilter.h), in the kernel's order.
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
