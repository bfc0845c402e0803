// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

/// Why a tunnel does not work, in the order in which causes are tested: the first that fits is the verdict.
public enum Cause {
    /// It works.
    HEALTHY,
    /// The interface has no such peer.
    NO_SUCH_PEER,
    /// The interface is switched off.
    INTERFACE_DOWN,
    /// The interface has no private key.
    NO_PRIVATE_KEY,
    /// The peer's public key is the interface's own.
    PEER_IS_SELF,
    /// The peer's endpoint is not known.
    NO_ENDPOINT,
    /// No packet is sent to the peer.
    NO_TRAFFIC,
    /// No peer has the destination of the packets among its allowed IPs.
    NO_ALLOWED_IP,
    /// No route leads to the endpoint, or the route forbids it.
    NO_ROUTE,
    /// This host's firewall drops the encrypted packets on their way out.
    OWN_FIREWALL_OUT,
    /// The encrypted packets are routed into the tunnel itself.
    LOOP,
    /// The endpoint is this host.
    ENDPOINT_IS_SELF,
    /// The next hop or the endpoint does not answer on the link.
    NEIGHBOUR_DEAD,
    /// The endpoint says that nothing listens on the port.
    PORT_CLOSED,
    /// A host on the way, or the endpoint, refuses the packets.
    REFUSED,
    /// Answers arrive and this host's reverse-path filter drops them.
    RP_FILTER,
    /// Answers arrive and this host's firewall drops them.
    OWN_FIREWALL_IN,
    /// Answers arrive and do not verify: the preshared keys differ.
    PRESHARED_KEYS_DIFFER,
    /// Answers arrive, but not what becomes of them: several causes remain.
    ANSWERS_LOST,
    /// The far end is under load and answers with cookies.
    FAR_UNDER_LOAD,
    /// This host's clock is behind.
    CLOCK_BEHIND,
    /// The far end has no peer with this interface's key.
    KEY_UNKNOWN_THERE,
    /// The far end has another public key than the peer here.
    WRONG_PUBLIC_KEY,
    /// The far end does not receive what is sent, or its answers are dropped there or on the way.
    FAR_FIREWALL,
    /// The name of the endpoint stands for another address than the one that packets go to.
    ENDPOINT_MOVED,
    /// Nothing comes back, and this host cannot tell why.
    SILENCE,
    /// The handshake works, and the far end's allowed IPs do not cover the addresses of this one.
    FAR_ALLOWED_IPS,
    /// The handshake works, and this host drops what arrives: its source is outside the peer's allowed IPs.
    NEAR_ALLOWED_IPS,
    /// The handshake works, and the reverse-path filter drops the packets that come out of the tunnel.
    INNER_RP_FILTER,
    /// The handshake works, and this host does not forward the packets that arrive for others.
    FORWARDING_OFF,
    /// The handshake works, and packets of full size do not pass.
    MTU_TOO_LARGE,
    /// An address of the tunnel is on another interface too.
    ADDRESS_CONFLICT,
    /// The handshake works, and nothing behind the tunnel answers; this host cannot tell why.
    NOTHING_INSIDE;

    /// The word of documents, such as `noRoute`.
    public String word() {
        StringBuilder word = new StringBuilder();
        for (String part : name().split("_", -1)) {
            String lower = part.toLowerCase(java.util.Locale.ROOT);
            word.append(word.isEmpty() ? lower : Character.toUpperCase(lower.charAt(0)) + lower.substring(1));
        }
        return word.toString();
    }
}
