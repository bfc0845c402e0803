// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.util.Optional;

/// The syntax of an address to serve metrics at: `127.0.0.1:9586` or `[::1]:9586`. Both parts are numbers, so
/// that no name server decides who can connect.
public final class MetricsAddress {
    private static final int LARGEST_PORT = 0xffff;
    private static final int MOST_DIGITS = 5;

    private MetricsAddress() {}

    /// Parses the address; empty for any other text.
    public static Optional<Endpoint.Numeric> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String host = text.substring(0, colon);
        boolean isInBrackets = host.startsWith("[") && host.endsWith("]");
        if (isInBrackets) {
            host = host.substring(1, host.length() - 1);
        } else if (host.indexOf(':') >= 0) {
            return Optional.empty();
        }
        int port = port(text.substring(colon + 1));
        Optional<IpAddress> address = IpAddress.parse(host);
        if (port == 0 || address.isEmpty() || isInBrackets != (host.indexOf(':') >= 0)) {
            return Optional.empty();
        }
        return Optional.of(new Endpoint.Numeric(address.get(), port));
    }

    /// The port; 0 for text that is none.
    private static int port(String digits) {
        if (digits.isEmpty() || digits.length() > MOST_DIGITS) {
            return 0;
        }
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            if (digit < '0' || digit > '9') {
                return 0;
            }
            port = port * 10 + digit - '0';
        }
        return port > LARGEST_PORT ? 0 : port;
    }
}
