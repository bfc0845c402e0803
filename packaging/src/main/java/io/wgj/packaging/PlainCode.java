// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/// Writes a jar anew in which ordinary code does what the compiler leaves to bootstrap methods: the `equals`
/// and `hashCode` of records ([PlainRecords]), and pattern switches ([PlainSwitches]). The same is done to two
/// methods of jffi ([PlainJffi]). Bootstrap methods cost a short command several milliseconds each.
final class PlainCode {
    private PlainCode() {}

    /// @param words of the command line: the jar to read, and the one to write
    public static void main(String[] words) throws IOException {
        try (JarFile in = new JarFile(words[0]);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(Path.of(words[1])))) {
            Enumeration<JarEntry> entries = in.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTime(entry.getTime());
                out.putNextEntry(copy);
                out.write(entry.getName().endsWith(".class") ? rewritten(bytes) : bytes);
            }
        }
    }

    private static byte[] rewritten(byte[] bytes) {
        return PlainSwitches.rewritten(PlainRecords.rewritten(PlainJffi.rewritten(bytes)));
    }
}
