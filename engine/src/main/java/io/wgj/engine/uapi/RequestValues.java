// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;

/// Parses the values of a `set` request as strictly as wireguard-go: numbers are decimal digits only, and
/// names are not looked up.
final class RequestValues {
    private final ScopeIndexes scopes;

    RequestValues(ScopeIndexes scopes) {
        this.scopes = scopes;
    }

    /// A decimal number, 0 to `limit`, leading zeros allowed.
    long number(String key, String text, long limit) throws RequestException {
        long number = 0;
        for (int i = 0; i < text.length() && number <= limit; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw invalid(key, "no number");
            }
            number = number * 10 + digit;
        }
        if (text.isEmpty() || number > limit) {
            throw invalid(key, "not a number from 0 to " + limit);
        }
        return number;
    }

    /// `10.0.0.0/8`; with a `-` in front it is removed.
    AllowedIpUpdate allowedIp(String text) throws RequestException {
        boolean remove = text.startsWith("-");
        return new AllowedIpUpdate(prefix("allowed_ip", remove ? text.substring(1) : text), remove);
    }

    /// Prefixes and addresses, with commas between them; none for an empty text.
    List<IpPrefix> prefixes(String key, String text) throws RequestException {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String part : parts(text)) {
            prefixes.add(
                    part.indexOf('/') < 0
                            ? prefix(key, part + (part.indexOf(':') < 0 ? "/32" : "/128"))
                            : prefix(key, part));
        }
        return List.copyOf(prefixes);
    }

    /// Addresses with commas between them; none for an empty text.
    List<IpAddress> addresses(String key, String text) throws RequestException {
        List<IpAddress> addresses = new ArrayList<>();
        for (String part : parts(text)) {
            addresses.add(IpAddress.parse(part).orElseThrow(() -> invalid(key, "no numeric address")));
        }
        return List.copyOf(addresses);
    }

    /// `192.0.2.1:5`, `[2001:db8::1]:5`, `[fe80::1%eth0]:5`.
    Endpoint.Numeric endpoint(String text) throws RequestException {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw invalid("endpoint", "no port");
        }
        int port = (int) number("endpoint", text.substring(colon + 1), 0xffff);
        boolean bracket = text.startsWith("[");
        if (bracket && (colon == 0 || text.charAt(colon - 1) != ']')) {
            throw invalid("endpoint", "no closing bracket");
        }
        String host = bracket ? text.substring(1, colon - 1) : text.substring(0, colon);
        int percent = host.indexOf('%');
        IpAddress address = IpAddress.parse(percent < 0 ? host : host.substring(0, percent))
                .orElseThrow(() -> invalid("endpoint", "no numeric address"));
        if ((address.family() == IpFamily.V6) != bracket) {
            throw invalid("endpoint", "an IPv6 address, and no other, stands in brackets");
        }
        if (percent < 0) {
            return new Endpoint.Numeric(address, port);
        }
        if (address.family() == IpFamily.V4) {
            throw invalid("endpoint", "an IPv4 address has no scope");
        }
        int scope = scopes.indexOf(host.substring(percent + 1));
        if (scope == 0) {
            throw invalid("endpoint", "no scope");
        }
        return new Endpoint.Numeric(address, port, scope);
    }

    private static List<String> parts(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
    }

    private IpPrefix prefix(String key, String text) throws RequestException {
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw invalid(key, "no prefix length");
        }
        IpAddress address =
                IpAddress.parse(text.substring(0, slash)).orElseThrow(() -> invalid(key, "no numeric address"));
        if (text.length() - slash > 2 && text.charAt(slash + 1) == '0') {
            throw invalid(key, "a prefix length with a leading zero");
        }
        return new IpPrefix(address, (int) number(key, text.substring(slash + 1), address.bits()));
    }

    private static RequestException invalid(String key, String what) {
        return new RequestException(Errno.EINVAL, key + ": " + what);
    }
}
