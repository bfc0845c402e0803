// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Recorded datagrams: hexadecimal text, a line `--` between two of them, and lines with `#` that name the
/// tool and the kernel.
public final class Golden {
    private Golden() {}

    /// A command line and the datagram that it sent.
    public record Command(String line, String hex) {
        public byte[] datagram() {
            return HexFormat.of().parseHex(hex);
        }

        /// The words behind `prefix`.
        public List<String> wordsAfter(String prefix) {
            if (!line.startsWith(prefix)) {
                throw new IllegalArgumentException(line);
            }
            return List.of(line.substring(prefix.length()).split(" ", -1));
        }

        @Override
        public String toString() {
            return line;
        }
    }

    /// The datagrams of `golden/NAME.txt`, each with the command above it, which follows a `$`.
    public static List<Command> commands(String name) {
        List<byte[]> datagrams = datagrams(name);
        List<String> lines =
                text(name).lines().filter(line -> line.startsWith("$ ")).toList();
        List<Command> commands = new ArrayList<>();
        for (int i = 0; i < datagrams.size(); i++) {
            commands.add(new Command(lines.get(i).substring(2), HexFormat.of().formatHex(datagrams.get(i))));
        }
        return commands;
    }

    /// The datagrams of `golden/NAME.txt`.
    public static List<byte[]> datagrams(String name) {
        List<byte[]> datagrams = new ArrayList<>();
        StringBuilder hex = new StringBuilder();
        for (String line : text(name).lines().toList()) {
            if (line.equals("--")) {
                datagrams.add(HexFormat.of().parseHex(hex));
                hex.setLength(0);
            } else if (!line.startsWith("#") && !line.startsWith("$")) {
                hex.append(line);
            }
        }
        datagrams.add(HexFormat.of().parseHex(hex));
        return datagrams;
    }

    /// The whole text of `golden/NAME.txt`.
    public static String text(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no golden file " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
