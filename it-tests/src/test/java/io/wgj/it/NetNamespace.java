// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A network namespace of the test's own, its loopback up, removed by [#close] or at the latest when the JVM ends.
/// A test method gets one as a parameter with `@ExtendWith(NetNamespaces.class)`.
public final class NetNamespace implements AutoCloseable {
    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Set<NetNamespace> OPEN = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> OPEN.forEach(NetNamespace::close)));
    }

    private final String name;

    private NetNamespace(String name) {
        this.name = name;
    }

    public static NetNamespace create() {
        var namespace = new NetNamespace("wgjt" + ProcessHandle.current().pid() + "-" + COUNTER.incrementAndGet());
        Command.of("ip", "netns", "add", namespace.name).run().ok();
        OPEN.add(namespace);
        namespace.run("ip", "link", "set", "lo", "up").ok();
        return namespace;
    }

    /// As `ip netns` knows it.
    public String name() {
        return name;
    }

    /// The command, to be run in here.
    public Command of(Command command) {
        return command.under("ip", "netns", "exec", name);
    }

    public Ran run(Command command) {
        return of(command).run();
    }

    public Ran run(String... words) {
        return run(Command.of(words));
    }

    /// Removes the namespace, and with it every interface in it. Processes that still run in it keep it alive,
    /// nameless.
    @Override
    public void close() {
        if (OPEN.remove(this)) {
            Command.of("ip", "netns", "del", name).run().ok();
        }
    }
}
