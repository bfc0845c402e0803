// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import io.wgj.it.Command;
import io.wgj.it.NetNamespace;
import io.wgj.it.Ran;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/// A machine of the test's own, as far as networks go: a namespace in which commands and threads of this
/// JVM run.
final class Host implements AutoCloseable {
    private final NetNamespace namespace = NetNamespace.create();

    /// Two hosts on one cable, `eth0` at both ends: 192.0.2.1 and 2001:db8::1, and the same with 2.
    static Host[] connected() {
        Host one = new Host();
        Host two = new Host();
        one.ip("link add eth0 type veth peer name eth0 netns " + two.name());
        int number = 1;
        for (Host host : new Host[] {one, two}) {
            host.ip("addr add 192.0.2." + number + "/24 dev eth0");
            host.ip("addr add 2001:db8::" + number + "/64 dev eth0 nodad");
            host.ip("link set eth0 up");
            number++;
        }
        return new Host[] {one, two};
    }

    String name() {
        return namespace.name();
    }

    /// The command, to be run here.
    Command of(Command command) {
        return namespace.of(command);
    }

    Ran run(Command command) {
        return namespace.run(command);
    }

    /// `ip` here; words are parted by single spaces.
    String ip(String words) {
        return Command.of("ip", "-n", name())
                .with(words.split(" ", -1))
                .run()
                .ok()
                .stdout();
    }

    /// Runs `task` on a thread that is here, and waits for it.
    <T> T on(Callable<T> task) throws Exception {
        return result(start(task));
    }

    /// Starts `task` on a thread that is here.
    <T> Future<T> start(Callable<T> task) {
        FutureTask<T> future = here(task);
        Thread.ofPlatform().daemon().name(name()).start(future);
        return future;
    }

    private <T> FutureTask<T> here(Callable<T> task) {
        return new FutureTask<>(() -> {
            try (NativeFile here = NativeFile.open("/run/netns/" + name())) {
                Namespaces.enter(here, Namespaces.CLONE_NEWNET);
            }
            return task.call();
        });
    }

    /// Runs `task` on a waiting thread; its result is ignored.
    void inBackground(Callable<?> task) {
        Thread.ofPlatform().daemon().name(name()).start(here(task));
    }

    /// What a task made, or what it failed with.
    static <T> T result(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case Error failure -> throw failure;
                case Exception failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    /// How many TCP segments and UDP datagrams this kernel dropped for their checksums.
    long checksumErrors() throws Exception {
        return on(() -> {
            long errors = 0;
            List<String> lines = Files.readAllLines(Path.of("/proc/thread-self/net/snmp"));
            for (int i = 0; i + 1 < lines.size(); i += 2) {
                int column = Arrays.asList(lines.get(i).split(" ", -1)).indexOf("InCsumErrors");
                if (column > 0
                        && (lines.get(i).startsWith("Tcp:") || lines.get(i).startsWith("Udp:"))) {
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
        namespace.close();
    }
}
