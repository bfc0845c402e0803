// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import java.util.List;
import java.util.Optional;

/// Single settings as scripts get them.
final class FieldText {
    private static final String NONE = "(none)";

    private FieldText() {}

    /// `0xca6c`, 32 bits unsigned.
    static String fwmark(int mark) {
        return "0x" + Integer.toHexString(mark);
    }

    static String fwmarkOrOff(int mark) {
        return mark == 0 ? "off" : fwmark(mark);
    }

    static String keepaliveOrOff(int seconds) {
        return seconds == 0 ? "off" : Integer.toString(seconds);
    }

    static String endpoint(Optional<Endpoint.Numeric> endpoint, ScopeNames scopes) {
        return endpoint.isPresent() ? endpoint.get().text(scopes) : NONE;
    }

    /// The base64 of a key that may be missing.
    static String publicKey(Optional<PublicKey> key) {
        return key.isPresent() ? key.get().toBase64() : NONE;
    }

    /// The same, of a secret.
    static String privateKey(Optional<PrivateKey> key) {
        return key.isPresent() ? key.get().toBase64() : NONE;
    }

    /// The same, of a secret.
    static String presharedKey(Optional<PresharedKey> key) {
        return key.isPresent() ? key.get().toBase64() : NONE;
    }

    static void allowedIps(StringBuilder out, List<IpPrefix> prefixes, String separator) {
        if (prefixes.isEmpty()) {
            out.append(NONE);
        }
        joined(out, prefixes, separator);
    }

    static void joined(StringBuilder out, List<IpPrefix> prefixes, String separator) {
        for (int i = 0; i < prefixes.size(); i++) {
            out.append(i == 0 ? "" : separator).append(prefixes.get(i).text());
        }
    }
}
