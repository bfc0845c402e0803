// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

/// Why a packet gets no route.
///
/// @param error what the kernel answers
/// @param reason what led to it
/// @param text a clause for people: `unreachable default metric 4000 in table main`
public record Refusal(RouteError error, Reason reason, String text) {
    /// The kind of obstacle.
    public enum Reason {
        /// No rule leads to a route.
        NO_ROUTE,
        /// A rule refuses the packet.
        RULE,
        /// A route of an error type refuses it.
        ROUTE,
        /// The device that the question names does not exist.
        NO_DEVICE,
        /// The device that the packet must leave by is switched off.
        DEVICE_DOWN,
        /// The source is no address of this host.
        FOREIGN_SOURCE,
        /// An address that such a packet cannot have.
        BAD_ADDRESS,
        /// A packet that came in with a source of this host, or from where no such source can be.
        MARTIAN,
        /// The reverse-path filter drops it.
        RP_FILTER,
        /// The device that it came in by does not forward.
        NOT_FORWARDING
    }
}
