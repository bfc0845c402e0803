// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// The way of the encrypted packets to the endpoint, by this host's rules and routes.
///
/// @param device by which they leave; empty when they do not
/// @param gateway the next hop; empty when the endpoint is on the link
/// @param route in words, such as `default via 192.0.2.1 dev eth0`
/// @param refusal the system's sentence when there is no route, or one that forbids
/// @param mtu of the device or the path; 0 when unknown
/// @param neighbour what the kernel knows of the next hop on the link
public record WayFacts(
        Kind kind,
        Optional<String> device,
        Optional<IpAddress> gateway,
        String route,
        Optional<String> refusal,
        int mtu,
        Neighbour neighbour) {
    /// Where the way leads.
    public enum Kind {
        /// Out of this host.
        OUT,
        /// To this host itself.
        SELF,
        /// Into the interface whose packets they are.
        TUNNEL,
        /// Nowhere.
        REFUSED
    }

    /// What the kernel knows of a host on the link.
    public enum Neighbour {
        /// No entry, or the link needs none.
        UNKNOWN,
        /// It answers.
        ALIVE,
        /// It was asked and has not answered.
        INCOMPLETE,
        /// It does not answer.
        FAILED
    }

    /// A way out of this host.
    public static WayFacts out(String device, String route) {
        return new WayFacts(
                Kind.OUT, Optional.of(device), Optional.empty(), route, Optional.empty(), 0, Neighbour.UNKNOWN);
    }

    /// The same, with what is known of the next hop.
    public WayFacts with(Neighbour state) {
        return new WayFacts(kind, device, gateway, route, refusal, mtu, state);
    }
}
