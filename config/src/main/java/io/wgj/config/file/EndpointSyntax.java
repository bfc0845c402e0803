// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// `host:port` and `[host]:port`. Whatever a look-up is not needed for becomes a number here.
final class EndpointSyntax {
    private static final String HINT = "write host:port, an IPv6 address in brackets: [2001:db8::1]:51820";

    private EndpointSyntax() {}

    static Endpoint parse(String text) throws ValueException {
        if (text.isEmpty()) {
            throw new ValueException("Unable to parse empty endpoint", "an endpoint has a host and a port", HINT);
        }
        boolean bracket = text.charAt(0) == '[';
        int colon;
        String host;
        if (bracket) {
            int end = text.indexOf(']');
            if (end < 0) {
                throw new ValueException(
                        "Unable to find matching brace of endpoint: `" + text + "'",
                        "an opening bracket needs a closing one",
                        HINT);
            }
            host = text.substring(1, end);
            colon = text.startsWith(":", end + 1) ? end + 1 : -1;
        } else {
            // The last one: an IPv6 address without brackets is taken too.
            colon = text.lastIndexOf(':');
            host = text.substring(0, Math.max(colon, 0));
        }
        if (colon < 0 || colon == text.length() - 1) {
            throw new ValueException(
                    "Unable to find port of endpoint: `" + text + "'", "an endpoint ends in a colon and a port", HINT);
        }
        String service = text.substring(colon + 1);
        int port = ServicePort.parse(service);
        Optional<IpAddress> address = IpAddress.parse(host);
        if (port == ServicePort.NAME || address.isEmpty()) {
            return new Endpoint.Named(host, service, text);
        }
        return new Endpoint.Numeric(address.get(), port);
    }

    /// The port as it is written; empty unless `text` is an endpoint.
    static String service(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? "" : text.substring(colon + 1);
    }
}
