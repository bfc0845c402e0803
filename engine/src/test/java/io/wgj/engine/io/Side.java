// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.netlink.sys.Namespaces;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadPoolExecutor;

/// A network namespace with threads of its own, which go with it.
public final class Side implements AutoCloseable {
    private final ExecutorService home = Executors.newSingleThreadExecutor();
    private final ExecutorService threads;
    /// For `ip link set … netns`.
    public final long threadId;

    public Side() throws Exception {
        // Threads are born into the namespace of the thread that starts them.
        threads = home.submit(() -> {
                    Namespaces.unshare(Namespaces.CLONE_NEWNET);
                    ThreadPoolExecutor born = (ThreadPoolExecutor) Executors.newFixedThreadPool(6);
                    born.prestartAllCoreThreads();
                    return born;
                })
                .get();
        threadId = run(() -> Long.parseLong(
                Path.of("/proc/thread-self").toRealPath().getFileName().toString()));
        ip("link set lo up");
    }

    public <T> T run(Callable<T> task) throws Exception {
        return home.submit(task).get();
    }

    public <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    public void ip(String words) throws Exception {
        command("ip " + words);
    }

    /// Runs a command here; words are parted by single spaces.
    public String command(String line) throws Exception {
        return run(() -> {
            Process process = new ProcessBuilder(List.of(line.split(" ", -1)))
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(line + ": " + text);
            }
            return text;
        });
    }

    /// Whether this machine's Linux is at least that new.
    public static boolean isLinux(int major, int minor) {
        String[] numbers = System.getProperty("os.version").split("[^0-9]+", 3);
        int have = Integer.parseInt(numbers[0]);
        return have > major || have == major && Integer.parseInt(numbers[1]) >= minor;
    }

    /// TCP segments and UDP datagrams whose checksums this kernel found wrong.
    public long checksumErrors() throws Exception {
        return run(() -> {
            long errors = 0;
            List<String> lines = Files.readAllLines(Path.of("/proc/thread-self/net/snmp"));
            for (int i = 0; i + 1 < lines.size(); i += 2) {
                int column = Arrays.asList(lines.get(i).split(" ", -1)).indexOf("InCsumErrors");
                if (column > 0 && lines.get(i).matches("(Tcp|Udp):.*")) {
                    errors += Long.parseLong(lines.get(i + 1).split(" ", -1)[column]);
                }
            }
            for (String line : Files.readAllLines(Path.of("/proc/thread-self/net/snmp6"))) {
                if (line.startsWith("Udp6InCsumErrors")) {
                    errors += Long.parseLong(line.split("\\s+", -1)[1]);
                }
            }
            return errors;
        });
    }

    @Override
    public void close() {
        threads.shutdownNow();
        home.shutdownNow();
    }
}
