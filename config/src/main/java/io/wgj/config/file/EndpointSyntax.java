// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.text.Ascii;
import java.util.Optional;

/// Parses `host:port` and `[host]:port`. Hosts and ports that need no look-up become numbers.
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
            // The last colon, because wg accepts an IPv6 address without brackets.
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

    /// Refuses text that no resolver can resolve, in the words of wg after its look-up.
    static void refuseHopeless(String text) throws ValueException {
        String hint = hint(text);
        if (!hint.isEmpty()) {
            boolean host = text.indexOf("://") >= 0 || text.indexOf(',') >= 0 || text.indexOf(';') >= 0;
            String failure = host ? "Name or service not known" : "Servname not supported for ai_socktype";
            throw new ValueException(failure + ": `" + text + "'", "an endpoint is one host and one port", hint);
        }
    }

    /// The hint for text that has a host and a port but cannot be an endpoint; empty when it may be one.
    static String hint(String text) {
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            String rest = text.substring(scheme + 3);
            int slash = rest.indexOf('/');
            rest = slash < 0 ? rest : rest.substring(0, slash);
            boolean port = rest.lastIndexOf(':') > rest.lastIndexOf(']');
            return "this is a URL: write " + rest + (port ? "" : ":51820");
        }
        int comma = text.indexOf(',') < 0 ? text.indexOf(';') : text.indexOf(',');
        if (comma >= 0) {
            return "a peer has one endpoint: write " + text.substring(0, comma) + " alone";
        }
        int colon = text.lastIndexOf(':');
        if (colon < 0 || text.indexOf(']', colon) >= 0) {
            return "";
        }
        String port = text.substring(colon + 1);
        int digits = 0;
        while (digits < port.length() && Ascii.isDigit(port.charAt(digits))) {
            digits++;
        }
        if (digits == 0 || digits == port.length()) {
            return "";
        }
        String good = text.substring(0, colon + 1 + digits);
        char next = port.charAt(digits);
        if (next == '/') {
            return "nothing follows a port, and WireGuard always uses UDP: write " + good;
        }
        return next == '-' ? "a port is one number, not a range: write " + good : "";
    }

    /// The port as written; empty unless `text` is an endpoint.
    static String service(String text) {
        int colon = text.lastIndexOf(':');
        return colon < 0 ? "" : text.substring(colon + 1);
    }
}
