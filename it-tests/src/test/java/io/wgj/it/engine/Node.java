// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.it.Command;
import io.wgj.it.ListeningSocket;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import io.wgj.it.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A WireGuard interface on a [Host], made by one [Software], with the key and the inner addresses it keeps
/// when it is started again. Sockets lie in a folder that namespaces share: names have to be unique on the
/// machine.
final class Node implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final long PATIENCE_MILLIS = 30_000;
    /// Executes the words `$@` with their output in a full pipe that nothing reads.
    private static final String UNREAD = """
            mkfifo "$0" && exec 9<>"$0" && rm "$0"
            dd if=/dev/zero of=/dev/fd/9 bs=4096 oflag=nonblock status=none 2>/dev/null
            exec "$@" >&9 2>&9 9>&-
            """;

    private final Software software;
    private final Host host;
    private final String name;
    private final Path log;
    private final Map<String, String> environment = new TreeMap<>(Map.of("LOG_LEVEL", "verbose"));
    private boolean logIsRead = true;
    private PrivateKey key = newKey();
    private Process process;

    /// Starts it, without key, addresses and peers.
    Node(Software software, Host host, String name) {
        this.software = software;
        this.host = host;
        this.name = name;
        try {
            log = Files.createTempFile("wgj-node", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = start();
    }

    private static PrivateKey newKey() {
        byte[] random = new byte[32];
        RANDOM.nextBytes(random);
        return PrivateKey.fromRandom(random);
    }

    private Process start() {
        Command command = host.of(software.inForeground(name));
        List<String> words = new ArrayList<>(command.words());
        if (!logIsRead) {
            words.addAll(0, List.of("bash", "-c", UNREAD, log + ".unread"));
        }
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(command.environment());
        builder.environment().putAll(environment);
        try {
            Process started = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
            while (!answers(started)) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    started.destroyForcibly();
                    throw new AssertionError(software + " did not start:\n" + log());
                }
                Thread.sleep(10);
            }
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// wgj's engine listens when its file exists.
    private boolean answers(Process started) {
        boolean isOriginal = software == Software.RELEASES || software == Software.SIDS;
        boolean mayBeAsked = !isOriginal || ListeningSocket.at(socket(), started.pid());
        return mayBeAsked && wg("show " + name).exit() == 0;
    }

    /// A variable for the program, from its next start on.
    void env(String variable, String value) {
        environment.put(variable, value);
    }

    /// From its next start on it writes its log to a pipe that is full.
    void leaveTheLogUnread() {
        logIsRead = false;
    }

    /// Stops it and starts it again: it knows nothing then.
    void restart() {
        stop();
        process = start();
    }

    /// Stops it and waits for that.
    void stop() {
        process.destroy();
        awaitEnd();
    }

    /// Waits until it has ended of itself.
    void awaitEnd() {
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError(software + " did not end:\n" + log());
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /// Its private key, and an address for each family, `/24` and `/64`; up. `inner` is the host's number.
    void configure(int inner, int mtu) {
        setKey();
        host.ip("link set " + name + " addrgenmode none");
        host.ip("link set " + name + " mtu " + mtu);
        host.ip("addr add 10.99.0." + inner + "/24 dev " + name);
        if (mtu >= 1280) {
            host.ip("addr add fd99::" + inner + "/64 dev " + name + " nodad");
        }
        host.ip("link set " + name + " up");
    }

    /// Hands the interface a new private key.
    void changeKey() {
        key = newKey();
        setKey();
    }

    private void setKey() {
        tool().with("set", name, "private-key", "/dev/stdin")
                .stdin(key.toBase64())
                .run()
                .ok();
    }

    String publicKey() {
        return key.publicKey().toBase64();
    }

    byte[] publicKeyBytes() {
        return key.publicKey().toBytes();
    }

    String name() {
        return name;
    }

    Host host() {
        return host;
    }

    Software software() {
        return software;
    }

    long pid() {
        return process.pid();
    }

    Path socket() {
        return Path.of(UapiSockets.DEFAULT_FOLDER, name + ".sock");
    }

    /// `wg`, words parted by single spaces.
    static Ran wg(String words) {
        return tool().with(words.split(" ", -1)).run();
    }

    /// `wg set` for this interface.
    void set(String words) {
        wg("set " + name + " " + words).ok();
    }

    /// `wg show` for this interface with one word more: what follows the only peer's key.
    String show(String what) {
        String line = wg("show " + name + " " + what).ok().stdout().strip();
        return line.substring(line.indexOf('\t') + 1);
    }

    /// Bytes received and sent, of the only peer.
    long[] transfer() {
        String[] numbers = show("transfer").split("\t", -1);
        return new long[] {Long.parseLong(numbers[0]), Long.parseLong(numbers[1])};
    }

    /// A number of `wgj engine --stats`; 0 when it is not there.
    long stat(String counter) {
        for (String line :
                Product.wgj("engine", "--stats", name).run().ok().stdout().split("\n", -1)) {
            if (line.startsWith(counter + ": ")) {
                return Long.parseLong(line.substring(counter.length() + 2));
            }
        }
        return 0;
    }

    /// All that `wgj engine --stats` shows.
    List<EngineStat> stats() {
        try {
            return new UapiSockets().open(new DeviceName(name)).stats();
        } catch (DeviceException e) {
            throw new AssertionError(e);
        }
    }

    /// The same by name, those of single peers aside.
    Map<String, String> statsByName() {
        Map<String, String> stats = new TreeMap<>();
        stats().forEach(stat -> stats.putIfAbsent(stat.name(), stat.value()));
        return stats;
    }

    /// The error lines of its log, from this offset on.
    List<String> complaints(int from) {
        return log().substring(from)
                .lines()
                .filter(line -> line.startsWith("ERROR: "))
                .toList();
    }

    /// Its log so far.
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The original `wg`, or wgj's where there is none.
    static Command tool() {
        return Reference.isThere() ? Reference.wg() : Product.wg();
    }

    @Override
    public void close() {
        try {
            process.destroy();
            awaitEnd();
            Files.deleteIfExists(socket());
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
