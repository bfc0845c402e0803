// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// The UDP address of a peer. An endpoint in a file may need a resolver ([Named]); a device takes numbers only
/// ([Numeric]).
public sealed interface Endpoint {
    /// The form that files and `wg set` take.
    String text();

    /// An address and a port that need no look-up.
    ///
    /// @param port 0 to 65535, host order
    /// @param scopeId the interface index of a link-local IPv6 address; 0 for none
    record Numeric(IpAddress address, int port, int scopeId) implements Endpoint {
        /// Throws `IllegalArgumentException` for a port out of range, or a scope on an IPv4 address.
        public Numeric {
            if (port < 0 || port > 0xffff) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
            }
            if (scopeId != 0 && address.family() == IpFamily.V4) {
                throw new IllegalArgumentException("an IPv4 address has no scope");
            }
        }

        /// An endpoint without a scope.
        public Numeric(IpAddress address, int port) {
            this(address, port, 0);
        }

        /// `192.0.2.1:51820`, `[2001:db8::1]:51820`; a scope as its number: `[fe80::1%3]:51820`.
        @Override
        public String text() {
            return text(ScopeNames.NONE);
        }

        /// The same, with the interface's name as the scope of a link-local address where `names` has it.
        public String text(ScopeNames names) {
            if (address.family() == IpFamily.V4) {
                return address.text() + ":" + port;
            }
            return "[" + address.text() + scopeText(names) + "]:" + port;
        }

        /// `getnameinfo` writes names for link-local addresses, unicast and multicast, and numbers for all
        /// others.
        private String scopeText(ScopeNames names) {
            if (scopeId == 0) {
                return "";
            }
            boolean linkLocalMulticast = (address.high() >>> 48 & 0xff0f) == 0xff02;
            String name = address.isLinkLocal() || linkLocalMulticast ? names.nameOf(scopeId) : "";
            return "%" + (name.isEmpty() ? Integer.toUnsignedString(scopeId) : name);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /// A host and a port that need the system's resolver: host names, addresses with a scope (`fe80::1%eth0`),
    /// historical IPv4 forms (`127.1`), service names.
    ///
    /// @param host without brackets; may be empty, which every resolver refuses
    /// @param service the port, a number of any size or a service name; never empty
    /// @param text the endpoint as the user wrote it
    record Named(String host, String service, String text) implements Endpoint {
        @Override
        public String toString() {
            return text;
        }
    }
}
