// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// Where a peer's encrypted packets go. What a file says may need a resolver ([Named]); what a device takes never does
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
            if (scopeId != 0 && !address.v6()) {
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

        /// The same, a link-local address's scope written as the interface's name where `names` knows it.
        public String text(ScopeNames names) {
            if (!address.v6()) {
                return address.text() + ":" + port;
            }
            return "[" + address.text() + scopeText(names) + "]:" + port;
        }

        /// As `getnameinfo` does it: names for link-local addresses, unicast and multicast, numbers for the rest.
        private String scopeText(ScopeNames names) {
            if (scopeId == 0) {
                return "";
            }
            long top = address.high() >>> 48;
            boolean linkLocal = (top & 0xffc0) == 0xfe80 || (top & 0xff0f) == 0xff02;
            String name = linkLocal ? names.nameOf(scopeId) : "";
            return "%" + (name.isEmpty() ? Integer.toUnsignedString(scopeId) : name);
        }

        @Override
        public String toString() {
            return text();
        }
    }

    /// A host and a port that only the system's resolver can turn into numbers: host names, addresses with a scope
    /// (`fe80::1%eth0`), historical IPv4 forms (`127.1`), service names.
    ///
    /// @param host without brackets; may be empty, which no resolver knows
    /// @param service the port, a number of any size or a service name; never empty
    /// @param text what the user wrote
    record Named(String host, String service, String text) implements Endpoint {
        @Override
        public String toString() {
            return text;
        }
    }
}
