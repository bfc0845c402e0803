// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpNumber;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.text.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Parses the list of prefixes of `allowed-ips` and `AllowedIPs`. Commas separate the elements, each has an
/// optional `+` or `-` in front, and blanks are ignored everywhere.
final class AllowedIpSyntax {
    private static final String PREFIX_HINT = "write an address and a prefix length, such as 10.0.0.0/8 or fd00::/64";

    private final List<AllowedIpUpdate> entries = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private boolean incremental;

    private AllowedIpSyntax() {}

    static AllowedIpList parse(String text) throws ValueException {
        String list = Ascii.withoutSpace(text);
        AllowedIpSyntax syntax = new AllowedIpSyntax();
        if (!list.isEmpty()) {
            int from = 0;
            int comma;
            while ((comma = list.indexOf(',', from)) >= 0) {
                syntax.element(list.substring(from, comma));
                from = comma + 1;
            }
            syntax.element(list.substring(from));
        }
        return new AllowedIpList(syntax.entries, syntax.incremental, syntax.warnings);
    }

    /// The hint for a refused list: a more likely slip than the one that wg reports.
    ///
    /// @param raw the list as written, with its blanks
    static String hint(String raw, ValueException refused) {
        List<String> elements = new ArrayList<>();
        boolean commaMissing = false;
        boolean comma = true;
        for (int at = 0; at < raw.length(); ) {
            char c = raw.charAt(at);
            int end = at + 1;
            if (c == ',') {
                comma = true;
            } else if (c != ';' && !Ascii.isSpace(c)) {
                while (end < raw.length() && ",;".indexOf(raw.charAt(end)) < 0 && !Ascii.isSpace(raw.charAt(end))) {
                    end++;
                }
                commaMissing |= !comma;
                comma = false;
                commaMissing |= split(raw.substring(at, end), elements);
            }
            at = end;
        }
        for (String element : elements) {
            boolean signed = element.startsWith("+") || element.startsWith("-");
            commaMissing &=
                    IpNumber.prefix(signed ? element.substring(1) : element).isPresent();
        }
        return commaMissing ? "commas are missing: write " + String.join(", ", elements) : refused.hint();
    }

    /// Adds an element, or two when a second one directly follows the first, as in `0.0.0.0/0::/0`.
    ///
    /// @return whether there were two
    private static boolean split(String element, List<String> elements) {
        int slash = element.indexOf('/');
        int end = slash + 1;
        while (end < element.length() && Ascii.isDigit(element.charAt(end))) {
            end++;
        }
        boolean two = slash > 0 && end > slash + 1 && element.indexOf('/', end) > 0;
        if (two) {
            elements.add(element.substring(0, end));
            elements.add(element.substring(end));
        } else {
            elements.add(element);
        }
        return two;
    }

    private void element(String signed) throws ValueException {
        boolean remove = signed.startsWith("-");
        boolean prefixed = remove || signed.startsWith("+");
        incremental |= prefixed;
        String element = prefixed ? signed.substring(1) : signed;
        if (Secrets.looksLikeKey(element)) {
            // The message must not show a part of a key that has a slash.
            throw notAnAddress(Secrets.HIDDEN);
        }
        int slash = element.indexOf('/');
        String addressText = slash < 0 ? element : element.substring(0, slash);
        IpAddress address = address(addressText);
        int length = slash < 0 ? address.bits() : length(element, slash + 1, address.bits());
        IpPrefix prefix = new IpPrefix(address, length);
        if (prefix.hasHostBits()) {
            warnings.add("Warning: AllowedIP has nonzero host part: " + element);
        }
        entries.add(new AllowedIpUpdate(prefix, remove));
    }

    private IpAddress address(String text) throws ValueException {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isPresent()) {
            return address.get();
        }
        throw notAnAddress(text);
    }

    private ValueException notAnAddress(String text) {
        String reason;
        String hint = PREFIX_HINT;
        if (text.isEmpty()) {
            reason = "an element of the list is empty";
            hint = "remove the extra comma";
        } else if (text.equals(Secrets.HIDDEN)) {
            reason = "this looks like a key, not like an address";
        } else if (text.indexOf('[') >= 0) {
            reason = "an address in a list of prefixes has no brackets";
        } else if (text.indexOf('%') >= 0) {
            reason = "an address in a list of prefixes has no scope";
        } else if (text.indexOf(':') >= 0) {
            reason = "this is not an IPv6 address";
        } else if (isDotted(text)) {
            reason = "an IPv4 address has four decimal numbers from 0 to 255 without leading zeros";
        } else {
            reason = "a list of prefixes takes addresses, not names";
        }
        return new ValueException("Unable to parse IP address: `" + text + "'", reason, hint, warnings);
    }

    private int length(String element, int from, int bits) throws ValueException {
        int length = 0;
        boolean digits = from < element.length();
        for (int i = from; i < element.length(); i++) {
            char c = element.charAt(i);
            digits &= Ascii.isDigit(c);
            length = Math.min(length * 10 + (c - '0'), bits + 1);
        }
        if (!digits || length > bits) {
            Optional<IpPrefix> masked = IpNumber.prefix(element);
            throw new ValueException(
                    "AllowedIP is not in the correct format: `" + element + "'",
                    masked.isPresent()
                            ? "wg takes no netmasks"
                            : "an " + (bits == 32 ? "IPv4" : "IPv6") + " prefix length is 0 to " + bits,
                    masked.isPresent() ? "write /" + masked.get().length() : "",
                    warnings);
        }
        return length;
    }

    private static boolean isDotted(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Ascii.isDigit(text.charAt(i)) && text.charAt(i) != '.') {
                return false;
            }
        }
        return true;
    }
}
