// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.config.text.Latin1;
import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads the words of the command line as bytes. The JVM decodes them with the locale's encoding and loses bytes
/// that do not fit; the kernel still has them.
public final class RawArguments {
    private static final String COMMAND_LINE = "/proc/self/cmdline";

    private RawArguments() {}

    /// `decoded`, what `main` was given, with one char a byte. Reads the kernel's copy only when a word is not
    /// ASCII.
    public static List<String> of(String[] decoded) {
        for (String word : decoded) {
            if (!Latin1.isAscii(word)) {
                return fromKernel(decoded);
            }
        }
        return List.of(decoded);
    }

    private static List<String> fromKernel(String[] decoded) {
        byte[] commandLine;
        try (FileInputStream in = new FileInputStream(COMMAND_LINE)) {
            commandLine = in.readAllBytes();
        } catch (IOException _) {
            commandLine = new byte[0];
        }
        List<String> raw = last(decoded.length, commandLine);
        if (raw.size() == decoded.length) {
            return raw;
        }
        // Without /proc only the JVM's decoding is left. It is right where the locale is UTF-8.
        List<String> words = new ArrayList<>(decoded.length);
        for (String word : decoded) {
            words.add(Latin1.ofUnicode(word));
        }
        return words;
    }

    /// The last `count` words of a command line, in which every word ends with a NUL. The JVM's own words, however
    /// many, stand before the program's: so these are counted from the end.
    static List<String> last(int count, byte[] commandLine) {
        String text = Latin1.of(commandLine);
        int from = text.length();
        List<String> words = new ArrayList<>(count);
        for (int i = 0; i < count && from > 0; i++) {
            int start = text.lastIndexOf('\0', from - 2) + 1;
            words.addFirst(text.substring(start, from - 1));
            from = start;
        }
        return words;
    }
}
