// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import io.wgj.config.text.Ascii;
import java.time.Duration;
import java.util.Optional;

/// Parses the values that the words of `wg set` and wg's files have in common. Values of files come without
/// blanks, words as they are. Names are kept for a resolver.
public final class ValueSyntax {
    private static final String HIDDEN = "(hidden)";
    private static final int KEEPALIVE_MAX = 0xffff;
    private static final long MARK_MAX = 0xffff_ffffL;
    private static final int BAD = -1;

    private ValueSyntax() {}

    /// A number, of which the low 16 bits count, or a service name; empty text is refused.
    public static ListenPort listenPort(String text) throws ValueException {
        if (text.isEmpty()) {
            throw new ValueException("Unable to parse empty port", "a port is 0 to 65535, or a service name", "");
        }
        int port = ServicePort.parse(text);
        return port == ServicePort.NAME ? new ListenPort.Service(text) : new ListenPort.Numbered(port);
    }

    /// The remark on a port that is parsed as another number than the one written.
    public static Optional<String> listenPortAdvice(String text) {
        return ServicePort.wraps(text)
                ? Optional.of("port " + text + " means port " + ServicePort.parse(text) + ": a port has 16 bits")
                : Optional.empty();
    }

    /// The same for the port of an endpoint.
    public static Optional<String> endpointAdvice(String text) {
        return listenPortAdvice(EndpointSyntax.service(text));
    }

    /// The hint for an endpoint that no resolver can resolve, such as a URL; empty when it may be a name.
    public static String endpointHint(String text) {
        return EndpointSyntax.hint(text);
    }

    /// The hint for a refused list of prefixes.
    ///
    /// @param raw the list as written, with its blanks
    public static String allowedIpsHint(String raw, ValueException refused) {
        return AllowedIpSyntax.hint(raw, refused);
    }

    /// A firewall mark: decimal, `0x` and hexadecimal digits, or `off`. 32 bits unsigned; 0 for off.
    public static int fwmark(String text) throws ValueException {
        if (Ascii.equalsIgnoreCase(text, "off")) {
            return 0;
        }
        boolean hexadecimal = text.startsWith("0x");
        long mark = number(text, hexadecimal ? 2 : 0, hexadecimal ? 16 : 10, MARK_MAX);
        if (mark == BAD) {
            throw new ValueException(
                    "Fwmark is neither 0/off nor 0-0xffffffff: `" + text + "'",
                    "a mark is off, a decimal number, or 0x and hexadecimal digits, up to 0xffffffff",
                    "");
        }
        return (int) mark;
    }

    /// Seconds from 1 to 65535; 0 for off.
    public static int persistentKeepalive(String text) throws ValueException {
        if (Ascii.equalsIgnoreCase(text, "off")) {
            return 0;
        }
        long seconds = number(text, 0, 10, KEEPALIVE_MAX);
        if (seconds == BAD) {
            throw new ValueException(
                    "Persistent keepalive interval is neither 0/off nor 1-65535: `" + text + "'",
                    "an interval is off, or a number of seconds up to 65535, without a unit",
                    "");
        }
        return (int) seconds;
    }

    /// A public key in base64.
    public static PublicKey publicKey(String text) throws ValueException {
        Optional<PublicKey> key = PublicKey.parseBase64(text);
        if (key.isEmpty()) {
            throw badKey(text, text);
        }
        return key.get();
    }

    /// A private key in base64; messages do not repeat a bad one.
    public static PrivateKey privateKey(String text) throws ValueException {
        Optional<PrivateKey> key = PrivateKey.parseBase64(text);
        if (key.isEmpty()) {
            throw badKey(text, HIDDEN);
        }
        return key.get();
    }

    /// A preshared key in base64; messages do not repeat a bad one.
    public static PresharedKey presharedKey(String text) throws ValueException {
        Optional<PresharedKey> key = PresharedKey.parseBase64(text);
        if (key.isEmpty()) {
            throw badKey(text, HIDDEN);
        }
        return key.get();
    }

    /// An endpoint: numeric when neither host nor port needs a look-up, else named.
    public static Endpoint endpoint(String text) throws ValueException {
        return EndpointSyntax.parse(text);
    }

    /// Prefixes separated by commas; none for empty text.
    public static AllowedIpList allowedIps(String text) throws ValueException {
        return AllowedIpSyntax.parse(text);
    }

    /// A sum of numbers with units (`ms`, `s`, `m`, `h`, `d`), as `1m30s`; a number alone is seconds. More than
    /// zero.
    public static Duration duration(String text) throws ValueException {
        return QuickSyntax.duration(text);
    }

    private static ValueException badKey(String text, String shown) {
        int length = text.length();
        String reason = length == 44
                ? "a key is the base64 text of exactly 32 bytes: 43 characters of A-Z a-z 0-9 + / and one ="
                : "a key has 44 characters, this has " + length;
        return new ValueException("Key is not the correct length or format: `" + shown + "'", reason, "");
    }

    /// The number from `from` to the end, or [#BAD] when that is no number or is above `max`.
    private static long number(String text, int from, int radix, long max) {
        if (from == text.length()) {
            return BAD;
        }
        long value = 0;
        for (int i = from; i < text.length(); i++) {
            int digit = Ascii.digit(text.charAt(i));
            if (digit < 0 || digit >= radix) {
                return BAD;
            }
            value = value * radix + digit;
            if (value > max) {
                return BAD;
            }
        }
        return value;
    }
}
