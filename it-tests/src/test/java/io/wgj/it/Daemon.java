// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A `wireguard-go` that serves one interface, stopped by [#close]. Its socket lies in `/var/run/wireguard`, which
/// network namespaces share: the interface's name has to be unique on the machine.
public final class Daemon implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final Path socket;
    private final Path log;

    private Daemon(Process process, Path socket, Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /// Starts it in `namespace` and waits until its socket answers requests.
    public static Daemon start(NetNamespace namespace, String interfaceName) {
        try {
            Path log = Files.createTempFile("wgj-daemon", ".log");
            Command command = namespace.of(Command.of(program(), "--foreground", interfaceName));
            Process process = command.start(log);
            var daemon = new Daemon(process, Path.of("/var/run/wireguard", interfaceName + ".sock"), log);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            daemon.awaitSocket();
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path socket() {
        return socket;
    }

    /// Ends it by its process id and waits for that; the interface goes with it.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(socket);
            Files.deleteIfExists(log);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitSocket() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ListeningSocket.at(socket, process.pid())) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                String said = Files.readString(log);
                close();
                throw new AssertionError("wireguard-go did not open " + socket + ":\n" + said);
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                close();
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", e);
            }
        }
    }

    /// sid's, or the one of this machine's release.
    private static Path program() {
        return Reference.isThere() ? Reference.folder().resolve("wireguard-go") : Path.of("/usr/bin/wireguard-go");
    }
}
