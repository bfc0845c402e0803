// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;

/// Everything that the speed of a provider depends on, in one word: the processor and its features, the JDK's
/// build, and this process's JVM arguments.
final class Fingerprint {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private Fingerprint() {}

    /// Whether this processor multiplies integers in vectors, which the JDK's Poly1305 needs to be fast:
    /// AVX-512 IFMA (JDK-8288047) or AVX-IFMA (JDK-8325991).
    static boolean multipliesInVectors() {
        String processor = firstProcessor() + ' ';
        return processor.contains(" avx512ifma ") || processor.contains(" avx_ifma ");
    }

    static String ofThisProcess() {
        Blake2s digest = Blake2s.keyed(new byte[0], Blake2s.MAC_LENGTH);
        add(digest, firstProcessor());
        add(digest, System.getProperty("java.vm.name", "") + System.getProperty("java.vm.version", ""));
        add(digest, System.getProperty("os.arch", ""));
        add(digest, JdkInternals.PROBLEM == null ? "jdk" : "");
        add(digest, LibCrypto.find().isPresent() ? "openssl" : "");
        byte[] word = new byte[Blake2s.MAC_LENGTH];
        digest.finish(word, 0);
        return HexFormat.of().formatHex(word);
    }

    /// The first processor's lines, without those that change between boots or moments.
    private static String firstProcessor() {
        StringBuilder text = new StringBuilder();
        try (BufferedReader lines = Files.newBufferedReader(PROCESSORS, ISO_8859_1)) {
            String line = lines.readLine();
            while (line != null && !line.isEmpty()) {
                if (!line.startsWith("cpu MHz") && !line.startsWith("bogomips") && !line.startsWith("BogoMIPS")) {
                    text.append(line).append(" \n");
                }
                line = lines.readLine();
            }
        } catch (IOException _) {
            // The fingerprint then leaves the processor out.
        }
        return text.toString();
    }

    private static void add(Blake2s digest, String text) {
        byte[] bytes = (text + '\n').getBytes(ISO_8859_1);
        digest.update(bytes, 0, bytes.length);
    }
}
