// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// Writes a jar anew with another version in it, the one that `wgj --version` prints. A package has the version of
/// its commit. Maven's version stays the same from commit to commit, and with another one Maven would build
/// everything again.
final class VersionedJar {
    private static final String VERSION_FILE = "io/wgj/cli/version.txt";

    private VersionedJar() {}

    /// @param words of the command line: the version, the jar to read, and the one to write
    public static void main(String[] words) throws IOException {
        String version = words[0];
        boolean found = false;
        try (JarFile in = new JarFile(words[1]);
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(Path.of(words[2])))) {
            Enumeration<JarEntry> entries = in.entries();
            while (entries.hasMoreElements()) {
                JarEntry entry = entries.nextElement();
                byte[] bytes = in.getInputStream(entry).readAllBytes();
                JarEntry copy = new JarEntry(entry.getName());
                copy.setTimeLocal(entry.getTimeLocal());
                out.putNextEntry(copy);
                out.write(
                        switch (entry.getName()) {
                            case JarFile.MANIFEST_NAME -> manifest(bytes, version);
                            case VERSION_FILE -> {
                                found = true;
                                yield (version + "\n").getBytes(StandardCharsets.UTF_8);
                            }
                            default -> bytes;
                        });
            }
        }
        if (!found) {
            throw new IOException(words[1] + ": has no " + VERSION_FILE);
        }
    }

    private static byte[] manifest(byte[] bytes, String version) throws IOException {
        Manifest manifest = new Manifest(new ByteArrayInputStream(bytes));
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        manifest.write(out);
        return out.toByteArray();
    }
}
