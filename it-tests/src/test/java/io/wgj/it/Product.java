// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// Where the built commands lie, found from the system property `wgj.root` (the checkout), or from the folder the
/// tests were started in.
public final class Product {
    private static final Path ROOT = findRoot();

    private Product() {}

    /// The checkout.
    public static Path root() {
        return ROOT;
    }

    /// `./wgj`, under its own name.
    public static Command wgj(String... words) {
        return Command.of(ROOT.resolve("wgj"), words);
    }

    /// The launcher under the name `wg`, where it is the original and nothing else.
    public static Command wg(String... words) {
        return Command.of(links().resolve("wg"), words);
    }

    /// The launcher under the name `wg-quick`.
    public static Command wgQuick(String... words) {
        return Command.of(links().resolve("wg-quick"), words);
    }

    /// A folder, for use in `PATH`, in which `wg`, `wg-quick` and `wgj-quick` are links to `./wgj` and
    /// `./wgj-quick`.
    public static Path links() {
        Path folder = ROOT.resolve("it-tests/target/links");
        try {
            Files.createDirectories(folder);
            for (String name : new String[] {"wg", "wg-quick", "wgj-quick"}) {
                Path link = folder.resolve(name);
                Path target = Path.of("../../../" + (name.endsWith("-quick") ? "wgj-quick" : "wgj"));
                if (!Files.isSymbolicLink(link) || !Files.readSymbolicLink(link).equals(target)) {
                    // Several processes share a ring, and each may come here first.
                    Path own =
                            folder.resolve(name + "." + ProcessHandle.current().pid() + "." + System.nanoTime());
                    Files.createSymbolicLink(own, target);
                    Files.move(own, link, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folder;
    }

    private static Path findRoot() {
        String property = System.getProperty("wgj.root");
        Path start = Path.of(property == null ? "" : property).toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve(".mvn"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no checkout of wgj at or above " + start);
    }
}
