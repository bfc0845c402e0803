// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.config.net.DeviceName;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `wg set`: changes what the words name.
final class SetCommand implements WgCommand {
    @Override
    public String summary() {
        return "Changes the settings and peers that are named, and nothing else";
    }

    @Override
    public String usage() {
        return "<interface> [listen-port <port>] [fwmark <mark>] [private-key <file path>]"
                + " [peer <base64 public key> [remove] [preshared-key <file path>] [endpoint <ip>:<port>]"
                + " [persistent-keepalive <interval seconds>]"
                + " [allowed-ips [+|-]<ip1>/<cidr1>[,[+|-]<ip2>/<cidr2>]...] ]...";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("set", this)
                .synopsis(synopsis())
                .text("""
                    Keys come from files, never from words: other users can read the words of a process. An empty file
                    removes the key.

                    A peer is named by its public key, or, under the name wgj, by its name in the interface's configuration
                    file.

                    `allowed-ips' replaces the peer's list, unless an element begins with + (add) or - (remove).

                    WG_ENDPOINT_RESOLUTION_RETRIES=NUMBER|infinity says how often a name is looked up again; without
                    it, 15 times.
                    """)
                .operand(Options.operand(Options.INTERFACE, "a WireGuard interface"))
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .example("wgj set wg0 listen-port 51820 private-key wg0.key", "Sets the port and the key")
                .example("wgj set wg0 peer laptop remove", "Removes the peer whose name is laptop")
                .example("wgj set wg0 peer KEY allowed-ips +10.2.0.0/16", "Adds one prefix to a peer")
                .buildOriginal();
    }

    @Override
    public int run(Invocation invocation) {
        List<String> words = invocation.arguments();
        if (words.size() < 2) {
            return misused(invocation);
        }
        DeviceName name = new DeviceName(words.getFirst());
        try {
            return Changes.apply(
                    invocation, name, SetArguments.parse(invocation, name, words.subList(1, words.size())));
        } catch (RefusalException refusal) {
            refusal.print(invocation);
            return refusal.originalCode();
        }
    }
}
