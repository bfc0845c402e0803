// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.examples;

import io.wgj.it.Command;
import io.wgj.it.NetNamespace;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import io.wgj.it.Reference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// A machine that brings up tunnels with `wgj-quick`, in a network namespace.
final class Machine {
    private final String name;
    private final NetNamespace namespace;
    private final Deque<Path> up = new ArrayDeque<>();
    private String[] surroundings = {};
    private @Nullable Process monitor;

    Machine(String name, NetNamespace namespace) {
        this.name = name;
        this.namespace = namespace;
    }

    /// `ip` in this machine; single spaces separate the words.
    String ip(String words) {
        return run(("ip " + words).split(" ", -1)).ok().stdout();
    }

    /// Sets a link up, without an address of the kernel's own: that comes a moment later and would look like a
    /// change.
    void switchOn(String link) {
        ip("link set " + link + " addrgenmode none");
        ip("link set " + link + " up");
    }

    Ran run(String... words) {
        return namespace.run(words);
    }

    /// From now on `wgj-quick` runs as in a container: its only capability is `CAP_NET_ADMIN`, and `/proc/sys` is
    /// read-only.
    void isAContainer() {
        surroundings = new String[] {
            "sh",
            "-c",
            "mount --bind /proc/sys /proc/sys && mount -o remount,bind,ro /proc/sys"
                    + " && exec setpriv --bounding-set -all,+net_admin --inh-caps -all \"$@\"",
            "container"
        };
    }

    /// From now on `wgj-quick` looks names up in this file, in the place of `/etc/hosts`.
    void looksNamesUpIn(Path hosts) {
        surroundings = new String[] {"sh", "-c", "mount --bind \"$0\" /etc/hosts && exec \"$@\"", hosts.toString()};
    }

    /// `wgj-quick up FILE`, which must succeed.
    void up(Path file) {
        quick("up", file.toString()).ok();
        up.push(file);
    }

    /// `wgj-quick down FILE`, which must succeed.
    void down(Path file) {
        quick("down", file.toString()).ok();
        up.remove(file);
    }

    /// The original wg-quick, which must succeed. It starts our engine where the kernel has no WireGuard.
    void original(String verb, Path file) {
        Command command = Command.of(Reference.folder().resolve("wg-quick"), verb, file.toString())
                .env(
                        "WG_QUICK_USERSPACE_IMPLEMENTATION",
                        Product.root().resolve("wgj-engine").toString())
                .env("LOG_LEVEL", "silent");
        namespace.of(command).run().ok();
    }

    Ran quick(String... words) {
        Command command = Command.of(Product.root().resolve("wgj-quick"), words)
                .env(
                        "WG_QUICK_USERSPACE_IMPLEMENTATION",
                        Product.root().resolve("wgj-engine").toString())
                .env("LOG_LEVEL", "silent");
        // `ip netns exec` gives each command mounts of its own.
        return namespace.of(command.under(surroundings)).run();
    }

    /// Starts `wgj monitor`.
    ///
    /// @param log where its messages go
    void watch(Path log) throws IOException {
        monitor = namespace
                .of(Command.of(Product.root().resolve("wgj"), "monitor"))
                .start(log);
    }

    /// Ends the monitor, and waits until it has ended.
    void endWatch() throws InterruptedException {
        if (monitor != null) {
            monitor.destroy();
            monitor.waitFor();
            monitor = null;
        }
    }

    /// Whether packets to `address` leave by `link` now, or within some seconds.
    boolean takes(String address, String link, int seconds) throws InterruptedException {
        for (int i = 0; i < 2 * seconds; i++) {
            if (run("ip", "route", "get", address).stdout().contains(" dev " + link + " ")) {
                return true;
            }
            Thread.sleep(500);
        }
        return false;
    }

    /// Whether one ping of at most eight is answered: a handshake may need its second try.
    boolean reaches(String address) {
        for (int i = 0; i < 8; i++) {
            if (pings(address)) {
                return true;
            }
        }
        return false;
    }

    /// Whether one ping is answered within a second.
    boolean pings(String address) {
        return run("ping", "-n", "-q", "-c", "1", "-W", "1", address).exit() == 0;
    }

    /// The same by a program that binds to `link`.
    boolean pingsBy(String link, String address) {
        return run("ping", "-n", "-q", "-c", "1", "-W", "1", "-I", link, address)
                        .exit()
                == 0;
    }

    /// What of the host a tunnel may change, as text: names of links, addresses, routes of all tables, rules,
    /// firewall.
    String state() {
        StringBuilder state = new StringBuilder();
        for (String line : ip("-o link show").lines().toList()) {
            state.append(line.split(": ", -1)[1]).append('\n');
        }
        for (String family : new String[] {"-4", "-6"}) {
            for (String object : new String[] {"-o address show", "route show table all", "rule show"}) {
                // A link whose other end is just coming up has no carrier yet.
                state.append(ip(family + " " + object).replace(" linkdown", ""));
            }
        }
        return state.append(run("nft", "list", "ruleset").ok().stdout()).toString();
    }

    /// Takes down what is up; for the end of a test that failed.
    void downAll() {
        if (monitor != null) {
            monitor.destroy();
        }
        while (!up.isEmpty()) {
            quick("down", up.pop().toString());
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
