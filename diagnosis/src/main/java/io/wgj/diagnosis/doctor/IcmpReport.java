// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;

/// An ICMP error about a packet that this host sent to the endpoint.
///
/// @param type and `code` as RFC 792 and RFC 4443 number them, by the family of `from`
/// @param from who says it
/// @param own whether that is this host itself
public record IcmpReport(int type, int code, IpAddress from, boolean own, Sighting sighting) {
    private static final int UNREACHABLE = 3;
    private static final int TIME_EXCEEDED = 11;
    private static final int UNREACHABLE6 = 1;
    private static final int TOO_BIG6 = 2;
    private static final int TIME_EXCEEDED6 = 3;

    /// What an error means.
    public enum Meaning {
        PORT_CLOSED("port unreachable"),
        HOST_UNREACHABLE("host unreachable"),
        NETWORK_UNREACHABLE("network unreachable"),
        FORBIDDEN("communication prohibited"),
        TOO_BIG("packet too big"),
        TIME_EXCEEDED("too many hops: a routing loop on the way"),
        OTHER("unreachable");

        private final String words;

        Meaning(String words) {
            this.words = words;
        }

        /// In words.
        public String words() {
            return words;
        }
    }

    /// What it means.
    public Meaning meaning() {
        return from.family() == IpFamily.V4 ? meaning4() : meaning6();
    }

    private Meaning meaning4() {
        if (type == TIME_EXCEEDED) {
            return Meaning.TIME_EXCEEDED;
        }
        if (type != UNREACHABLE) {
            return Meaning.OTHER;
        }
        return switch (code) {
            case 0, 5, 6, 11 -> Meaning.NETWORK_UNREACHABLE;
            case 1, 7, 8, 12 -> Meaning.HOST_UNREACHABLE;
            case 3 -> Meaning.PORT_CLOSED;
            case 4 -> Meaning.TOO_BIG;
            case 9, 10, 13 -> Meaning.FORBIDDEN;
            default -> Meaning.OTHER;
        };
    }

    private Meaning meaning6() {
        if (type == TOO_BIG6) {
            return Meaning.TOO_BIG;
        }
        if (type == TIME_EXCEEDED6) {
            return Meaning.TIME_EXCEEDED;
        }
        if (type != UNREACHABLE6) {
            return Meaning.OTHER;
        }
        return switch (code) {
            case 0 -> Meaning.NETWORK_UNREACHABLE;
            case 1, 5, 6 -> Meaning.FORBIDDEN;
            case 3 -> Meaning.HOST_UNREACHABLE;
            case 4 -> Meaning.PORT_CLOSED;
            default -> Meaning.OTHER;
        };
    }
}
