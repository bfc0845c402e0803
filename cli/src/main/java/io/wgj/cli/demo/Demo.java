// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.demo;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.command.Options;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Host;
import io.wgj.cli.quick.Launcher;
import io.wgj.cli.quick.QuickCommands;
import io.wgj.cli.wg.WgCommands;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpAddress;
import io.wgj.quick.model.HostSupport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// One run of `wgj demo`.
final class Demo {
    private static final int KEY_LENGTH = 32;
    private static final int PINGS = 3;
    private static final long TRANSFER_BYTES = 8L << 20;

    private final Invocation invocation;
    private final Host host;
    private final boolean engine;
    private final boolean inside;
    private final boolean quiet;
    private int step;

    /// @param engine whether both ends run in wgj's own engine
    /// @param inside whether this is the process that has a process namespace of its own
    /// @param quiet whether only errors are printed
    Demo(Invocation invocation, boolean engine, boolean inside, boolean quiet) {
        this.invocation = invocation;
        this.engine = engine;
        this.host = invocation.host();
        this.inside = inside;
        this.quiet = quiet;
    }

    /// Runs the demo; the exit code.
    int run() {
        long before = System.nanoTime();
        try {
            try (DemoEnd left = end("left", 1);
                    DemoEnd right = end("right", 2)) {
                boolean inKernel = !engine && left.kernelHasWireGuard();
                if (!inKernel && !inside) {
                    // Returns only when it failed.
                    throw withProcessesOfItsOwn();
                }
                play(left, right, inKernel);
            }
            heading("the two namespaces are gone, with everything in them");
            line("done in " + (System.nanoTime() - before) / 1_000_000 + " ms");
            return ExitCode.DONE;
        } catch (DemoException failure) {
            host.flush();
            invocation.remark("demo: " + failure.sentence());
            return failure.exitCode();
        }
    }

    /// Starts this process again as the first one of a new process namespace. A userspace implementation would
    /// outlive this process and keep its namespace; in a process namespace it ends with the first process.
    private DemoException withProcessesOfItsOwn() {
        List<String> words = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "env",
                HostSupport.WISH + "=" + (engine ? "1" : ""),
                // The first process of a namespace ignores signals, so it is a shell. Our own engine is looked up in
                // PATH.
                "/bin/sh",
                "-c",
                "PATH=${1%/*}:$PATH /bin/sh -- \"$@\"; exit $?",
                "sh",
                Launcher.path(invocation),
                "demo",
                DemoCommand.INSIDE));
        if (engine) {
            words.add(DemoCommand.ENGINE);
        }
        if (quiet) {
            words.add(Options.QUIET);
        }
        FileException failure = host.quick().become(words);
        return new DemoException(
                "without the kernel's WireGuard the demo needs unshare(1), which could not be started: "
                        + ErrorReport.sentence(failure.errno()));
    }

    private DemoEnd end(String name, int number) throws DemoException {
        PrivateKey key = PrivateKey.fromRandom(host.random(KEY_LENGTH));
        // TEST-NET-1 (RFC 5737) outside, a private network inside.
        IpAddress outer = IpAddress.ofV4(0xc000_0200 | number);
        IpAddress inner = IpAddress.ofV4(0x0a4d_0000 | number);
        String device =
                name + "-" + Integer.toHexString(ByteBuffer.wrap(host.random(2)).getShort() & 0xffff);
        return new DemoEnd(name, device, NamespaceThread.start("demo-" + name, home()), key, outer, inner);
    }

    private Path home() throws DemoException {
        try {
            Path launcher = Path.of(Launcher.path(invocation)).toRealPath();
            Path folder = launcher.getParent();
            return folder == null ? launcher : folder;
        } catch (IOException e) {
            throw DemoException.of(e);
        }
    }

    private void play(DemoEnd left, DemoEnd right, boolean inKernel) throws DemoException {
        heading("two network namespaces, left and right, joined by a virtual wire: " + left.outer() + " and "
                + right.outer());
        left.wireTo(right);
        String named = host.env(HostSupport.IMPLEMENTATION);
        if (inKernel) {
            line("this kernel has WireGuard");
        } else if (engine) {
            line("--engine: both ends run in wgj's own engine");
        } else {
            line("this kernel has no WireGuard: wgj-quick falls back to "
                    + (named == null || named.isEmpty() ? "wgj's own engine" : named));
        }
        up(left, right);
        up(right, left);
        heading("left pings " + right.inner() + ", which is right's address inside the tunnel");
        for (int i = 1; i <= PINGS; i++) {
            long micros = left.ping(right.inner());
            line("answer " + i + " after " + micros / 1000 + "." + (1000 + micros % 1000 + "").substring(1) + " ms"
                    + (i == 1 ? ", the handshake included" : ""));
        }
        heading("left sends " + (TRANSFER_BYTES >> 20) + " MiB to right, through the tunnel");
        long micros = left.sendTo(right, TRANSFER_BYTES);
        line("arrived after " + micros / 1000 + " ms: " + TRANSFER_BYTES * 8 / Math.max(1, micros) + " Mbit/s");
        show(left);
        show(right);
        down(left);
        down(right);
    }

    private void up(DemoEnd end, DemoEnd peer) throws DemoException {
        String text = "[Interface]\nPrivateKey = " + end.key().toBase64() + "\nListenPort = " + DemoEnd.LISTEN_PORT
                + "\nAddress = " + end.inner() + "/24\n\n[Peer]\nPublicKey = "
                + peer.key().publicKey() + "\nEndpoint = " + peer.outer() + ":" + DemoEnd.LISTEN_PORT
                + "\nAllowedIPs = " + peer.inner() + "/32\n";
        String file = end.writeConfiguration(text);
        heading(end.name() + ": wgj-quick up " + file + ", a file that says");
        for (String line :
                text.strip().replace(end.key().toBase64(), end.key().toString()).split("\n", -1)) {
            line(line);
        }
        quick(end, "up", file);
    }

    private void show(DemoEnd end) throws DemoException {
        if (quiet) {
            return;
        }
        heading(end.name() + ": wgj show " + end.device());
        List<String> words = List.of("show", end.device());
        check(
                end,
                "wgj show",
                end.thread()
                        .call(() -> WgCommands.run(new Invocation(InvokedAs.WGJ, invocation.program(), words, host))));
    }

    private void down(DemoEnd end) throws DemoException {
        String file = "/tmp/" + end.device() + ".conf";
        heading(end.name() + ": wgj-quick down " + file);
        quick(end, "down", file);
    }

    /// Runs a command of wg-quick in the namespace of `end`, exactly as the command line would.
    private void quick(DemoEnd end, String verb, String file) throws DemoException {
        Invocation there = new Invocation(
                InvokedAs.WGJ_QUICK,
                "wgj-quick",
                quiet ? List.of(verb, Options.QUIET, file) : List.of(verb, file),
                host);
        check(end, "wgj-quick " + verb, end.thread().call(() -> QuickCommands.run(there)));
    }

    private void check(DemoEnd end, String command, int code) throws DemoException {
        host.flush();
        if (code != ExitCode.DONE) {
            throw new DemoException(end.name() + ": " + command + ": exit code " + code
                    + "; from a checkout of wgj, see the demo in a virtual machine whose kernel has WireGuard:"
                    + " it-tests/grounds/kernel-vm -- ./wgj demo");
        }
    }

    private void heading(String what) {
        if (quiet) {
            return;
        }
        step++;
        host.out().append('[').append(step).append("] ").append(what).append('\n');
        host.flush();
    }

    private void line(String text) {
        if (quiet) {
            return;
        }
        host.out().append("      ").append(text).append('\n');
        host.flush();
    }
}
