// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

/// What becomes of a packet.
public enum Verdict {
    OK("ok"),
    /// Large packets leave in fragments.
    MTU("mtu"),
    NO_INTERFACE("no-interface"),
    NOT_WIREGUARD("not-wireguard"),
    DOWN("down"),
    /// The packet itself may not come in.
    WAY_IN("way-in"),
    NO_ROUTE("no-route"),
    REFUSED("refused"),
    LOCAL("local"),
    ELSEWHERE("elsewhere"),
    NO_PEER("no-peer"),
    NO_ENDPOINT("no-endpoint"),
    /// Only root and the monitor know the peers.
    PEERS_UNKNOWN("peers-unknown"),
    OUTSIDE_NO_ROUTE("outside-no-route"),
    OUTSIDE_LOCAL("outside-local"),
    OUTSIDE_NO_PEER("outside-no-peer"),
    LOOP("loop"),
    NEIGHBOUR("neighbour"),
    RP_FILTER("rp-filter");

    private final String word;

    Verdict(String word) {
        this.word = word;
    }

    /// The word for programs.
    public String word() {
        return word;
    }

    /// Whether the packet gets through, if only in fragments.
    public boolean passes() {
        return this == OK || this == MTU;
    }
}
