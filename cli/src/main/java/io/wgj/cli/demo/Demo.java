// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.demo;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.WgWords;
import io.wgj.cli.host.Host;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpAddress;
import java.util.List;

/// `wgj demo`: makes two ends, configures each from a generated file with `wgj setconf`, pings across, shows both, and
/// leaves nothing. Says each step before it is taken.
public final class Demo {
    private static final int KEY_LENGTH = 32;
    private static final int PINGS = 3;

    private final Call call;
    private final Host host;
    private int step;

    private Demo(Call call) {
        this.call = call;
        this.host = call.host();
    }

    /// Runs the demo; the exit code.
    public static int run(Call call) {
        if (!call.arguments().isEmpty()) {
            call.add("demo: " + call.arguments().getFirst() + ": the demo takes no words");
            return ExitCode.MISUSED;
        }
        return new Demo(call).run();
    }

    private int run() {
        long before = System.nanoTime();
        try {
            try (DemoEnd left = end("left", 1);
                    DemoEnd right = end("right", 2)) {
                play(left, right);
            }
            say("everything was in the two namespaces, which are gone");
            tell("done in " + (System.nanoTime() - before) / 1_000_000 + " ms");
            return ExitCode.DONE;
        } catch (DemoException failure) {
            host.flush();
            call.add("demo: " + failure.sentence());
            return failure.exitCode();
        }
    }

    private DemoEnd end(String name, int number) throws DemoException {
        PrivateKey key = PrivateKey.fromRandom(host.random(KEY_LENGTH));
        // TEST-NET-1 (RFC 5737) outside, a private network inside.
        IpAddress outer = IpAddress.ofV4(0xc000_0200 | number);
        IpAddress inner = IpAddress.ofV4(0x0a4d_0000 | number);
        return new DemoEnd(name, NamespaceThread.start("demo-" + name), key, outer, inner);
    }

    private void play(DemoEnd left, DemoEnd right) throws DemoException {
        say("two network namespaces, left and right, joined by a virtual wire: " + left.outer() + " and "
                + right.outer());
        left.wireTo(right);
        say("in each of them: ip link add " + DemoEnd.DEVICE + " type wireguard");
        left.createDevice();
        right.createDevice();
        configure(left, right);
        configure(right, left);
        say("in each of them: ip address add, ip link set " + DemoEnd.DEVICE + " up");
        left.switchOnDevice();
        right.switchOnDevice();
        say("left pings " + right.inner() + ", which is right's address inside the tunnel");
        for (int i = 1; i <= PINGS; i++) {
            long micros = left.ping(right.inner());
            tell("answer " + i + " after " + micros / 1000 + "." + (1000 + micros % 1000 + "").substring(1) + " ms"
                    + (i == 1 ? ", the handshake included" : ""));
        }
        show(left);
        show(right);
    }

    private void configure(DemoEnd end, DemoEnd peer) throws DemoException {
        String text = "[Interface]\nListenPort = " + DemoEnd.LISTEN_PORT + "\nPrivateKey = "
                + end.key().toBase64() + "\n\n[Peer]\nPublicKey = " + peer.key().publicKey() + "\nEndpoint = "
                + peer.outer() + ":" + DemoEnd.LISTEN_PORT + "\nAllowedIPs = " + peer.inner() + "/32\n";
        String file = end.writeConfiguration(text);
        say(end.name() + ": wgj setconf " + DemoEnd.DEVICE + " " + file + ", a file that says");
        for (String line :
                text.replace(end.key().toBase64(), end.key().toString()).split("\n", -1)) {
            tell(line);
        }
        run(end, "setconf", DemoEnd.DEVICE, file);
    }

    private void show(DemoEnd end) throws DemoException {
        say(end.name() + ": wgj show " + DemoEnd.DEVICE);
        run(end, "show", DemoEnd.DEVICE);
    }

    /// Runs one of wg's words where `end` lives, exactly as the command line would.
    private void run(DemoEnd end, String... words) throws DemoException {
        int code = end.thread().call(() -> WgWords.run(new Call(call.face(), call.program(), List.of(words), host)));
        host.flush();
        if (code != ExitCode.DONE) {
            throw new DemoException(end.name() + ": wgj " + String.join(" ", words) + ": exit code " + code);
        }
    }

    private void say(String what) {
        step++;
        host.out().append('[').append(step).append("] ").append(what).append('\n');
        host.flush();
    }

    private void tell(String line) {
        host.out().append("      ").append(line).append('\n');
        host.flush();
    }
}
