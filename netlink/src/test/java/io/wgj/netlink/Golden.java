// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Recorded datagrams: hexadecimal text, a line `--` between two of them, lines with `#` telling who made them.
public final class Golden {
    private Golden() {}

    /// The datagrams of `golden/NAME.txt`.
    public static List<byte[]> datagrams(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            List<byte[]> datagrams = new ArrayList<>();
            StringBuilder hex = new StringBuilder();
            for (String line : text.lines().toList()) {
                if (line.equals("--")) {
                    datagrams.add(HexFormat.of().parseHex(hex));
                    hex.setLength(0);
                } else if (!line.startsWith("#")) {
                    hex.append(line);
                }
            }
            datagrams.add(HexFormat.of().parseHex(hex));
            return datagrams;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
