// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.NewFilesJson;
import io.wgj.cli.qr.QrCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj new server|client|site NAME...`: writes configuration files with new keys.
public final class NewCommand implements OwnCommand {
    private static final List<String> KINDS = List.of("server", "client", "site");

    @Override
    public String summary() {
        return "Writes the files of a server and its clients, or of sites, with new keys";
    }

    @Override
    public CommandSpec spec() {
        return NewOptions.addTo(SpecBuilder.of("new", this)
                        .synopsis("server|client|site [OPTION]... NAME...")
                        .text("""
                            `new server NAME...' writes wg0.conf, the server's file, and NAME.conf for each client.
                            `new client --add FILE NAME...' adds clients to the server of FILE: they get the next free
                            addresses, and FILE keeps its comments and layout.

                            `new site NAME=NETWORK,...@HOST[:PORT]...' writes the file of each site, and a tunnel
                            between each two. NETWORK is what lies behind the site. A site without @HOST lies behind
                            NAT, and of two sites one needs a HOST.

                            Every file is new and has mode 0600, because it holds a private key: nothing is
                            overwritten, and when one file cannot be made, none is. The files have keys of wg-quick
                            alone, unless --key-files is given. What clients get is kept in comments of the server's
                            file, where a later `new client --add' finds it. What to do next is printed, with the
                            commands for it.
                            """)
                        .operand(Options.operands("server|client|site", "0", "what to make").toBuilder()
                                .completionCandidates(KINDS)
                                .build())
                        .operand(Options.operands(
                                "NAME...",
                                "1..*",
                                "the clients or sites; each name is a peer's, an interface's and a" + " file's")))
                .option(Options.json("one JSON document, without secrets"))
                .option(Options.quiet("prints errors only"))
                .exits(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.INVALID,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND)
                .example(
                        "wgj new server -e vpn.example.com laptop phone", "Writes wg0.conf, laptop.conf and phone.conf")
                .example(
                        "wgj new server -e vpn.example.com -a 0.0.0.0/0,::/0 --dns 9.9.9.9 laptop",
                        "Makes a laptop send everything through the server")
                .example("wgj new client --add /etc/wireguard/wg0.conf tablet", "Adds a client to a server")
                .example(
                        "wgj new site berlin=10.1.0.0/24@berlin.example.com lisbon=10.2.0.0/24",
                        "Writes berlin.conf and lisbon.conf, which connect two networks")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        String kind = arguments.operands().getFirst();
        List<String> names =
                arguments.operands().subList(1, arguments.operands().size());
        NewOptions options = new NewOptions(arguments);
        if (arguments.has(NewOptions.QR) && (arguments.json() || arguments.quiet())) {
            throw new MisuseException(NewOptions.QR + " prints a picture, and does not go with --json or --quiet");
        }
        List<String> notes = new ArrayList<>();
        Invocation collecting = arguments.json() || arguments.quiet() ? invocation.collecting(notes) : invocation;
        NewTunnel made = switch (kind) {
            case "server" -> new NewServer(collecting, options).make(names);
            case "client" -> new AddedClients(collecting, options).make(names);
            case "site" -> new NewSites(collecting, options).make(names);
            default -> throw new MisuseException(kind + ": one of server, client and site stands here");
        };
        if (arguments.json()) {
            invocation.out().append(NewFilesJson.of(made.files(), made.next(), notes));
        } else if (!arguments.quiet()) {
            invocation.out().append(made.text());
        }
        for (String path : arguments.has(NewOptions.QR) ? made.clients() : List.<String>of()) {
            invocation.out().append('\n').append(path).append(":\n").append(QrCommand.ofClient(invocation, path));
        }
        return ExitCode.DONE;
    }
}
