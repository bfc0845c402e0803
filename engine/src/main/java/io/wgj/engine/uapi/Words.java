// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The words `name=value` of one line, with spaces between them: how wgj's own engine writes what it reports
/// beyond the common protocol. No value has a space.
final class Words {
    private static final RequestValues VALUES = new RequestValues(Words::scope);

    private final Map<String, String> values = new LinkedHashMap<>();

    /// Reads a line. Words without `=` are skipped, as words that a newer engine may add.
    static Words parse(String line) {
        Words words = new Words();
        for (int start = 0; start < line.length(); ) {
            int space = line.indexOf(' ', start);
            int end = space < 0 ? line.length() : space;
            int equalsSign = line.indexOf('=', start);
            if (equalsSign > start && equalsSign < end) {
                words.values.put(line.substring(start, equalsSign), line.substring(equalsSign + 1, end));
            }
            start = end + 1;
        }
        return words;
    }

    Words with(String name, String value) {
        values.put(name, value);
        return this;
    }

    Words with(String name, long value) {
        return with(name, Long.toString(value));
    }

    Words with(String name, Optional<?> value) {
        return value.isEmpty() ? this : with(name, text(value.get()));
    }

    private static String text(Object value) {
        return value instanceof PublicKey key ? key.toHex() : value.toString();
    }

    String text() {
        StringBuilder line = new StringBuilder();
        values.forEach((name, value) ->
                line.append(line.isEmpty() ? "" : " ").append(name).append('=').append(value));
        return line.toString();
    }

    Optional<String> word(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /// A number; 0 when it is absent.
    ///
    /// @throws DeviceException (`EPROTO`) for anything else
    long number(String name) throws DeviceException {
        String value = values.get(name);
        return value == null ? 0 : Numbers.parse(name, value, Long.MAX_VALUE);
    }

    Optional<PublicKey> key(String name) throws DeviceException {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<PublicKey> key = PublicKey.parseHex(value);
        if (key.isEmpty()) {
            throw UapiErrors.malformed(name + " is not a key");
        }
        return key;
    }

    Optional<IpAddress> address(String name) throws DeviceException {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        Optional<IpAddress> address = IpAddress.parse(value);
        if (address.isEmpty()) {
            throw UapiErrors.malformed(name + " is not an address");
        }
        return address;
    }

    Optional<Endpoint.Numeric> endpoint(String name) throws DeviceException {
        String value = values.get(name);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(VALUES.endpoint(value));
        } catch (RequestException e) {
            throw UapiErrors.malformed(String.valueOf(e.getMessage()));
        }
    }

    /// The engine writes scopes as numbers, which no name look-up may change.
    private static int scope(String text) {
        try {
            return (int) Numbers.parse("scope", text, Integer.MAX_VALUE);
        } catch (DeviceException _) {
            return 0;
        }
    }
}
