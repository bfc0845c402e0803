// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.config.device.DeviceDiff;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.net.DeviceName;
import picocli.CommandLine.Model.CommandSpec;

/// `wg setconf`, `addconf` and `syncconf`: a device and a file. The file is read and its names are looked up
/// before the device is touched.
///
/// @param name which of the three
record ConfCommand(String name) implements WgCommand, OwnCommand {
    @Override
    public String summary() {
        return switch (name) {
            case "setconf" -> "Replaces a device's whole configuration with a file; running sessions end";
            case "addconf" -> "Adds what a file says to a device";
            default -> "Changes a device to what a file says, without disturbing the peers that stay";
        };
    }

    @Override
    public String usage() {
        return "<interface> <configuration filename>";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of(name, this)
                .synopsis(Options.INTERFACE + " [--json] " + Options.FILE)
                .text("""
                    The file is read to its end before the device is touched: a bad file changes nothing. Every problem
                    of it is reported with line and column.

                    With --json, FILE is a document that `wgj show INTERFACE --json --secrets' has printed, and - is
                    standard input. What the document says of counters and handshakes has no effect. The exit codes are
                    those of our own commands then.
                    """)
                .operand(Options.operand(Options.INTERFACE, "a WireGuard interface"))
                .operand(Options.operands(
                        Options.FILE,
                        "1",
                        "[Interface] with PrivateKey, ListenPort and FwMark, and any number of [Peer] with PublicKey,"
                                + " PresharedKey, AllowedIPs, Endpoint and PersistentKeepalive; /dev/stdin is standard"
                                + " input"))
                .option(Options.json("FILE is a JSON document"))
                .exits(ExitCode.DONE, ExitCode.FAILED)
                .exit("2", "with --json: " + ExitCode.meaning(ExitCode.MISUSED))
                .exit("3", "with --json: " + ExitCode.meaning(ExitCode.INVALID))
                .exit("4", "with --json: " + ExitCode.meaning(ExitCode.NOT_PERMITTED))
                .exit("5", "with --json: " + ExitCode.meaning(ExitCode.NOT_FOUND))
                .example("wgj " + name + " wg0 wg0.conf", "Takes the configuration from wg0.conf")
                .example(
                        "wgj show wg0 --json --secrets | wgj " + name + " wg1 --json -",
                        "Takes the configuration of another device")
                .build();
    }

    @Override
    public int run(Invocation invocation) {
        if (invocation.extended() && invocation.arguments().contains(Options.JSON)) {
            return CommandRun.run(this, invocation);
        }
        if (invocation.words().size() != 3) {
            return misused(invocation);
        }
        // The original cuts the name before it does anything, also for the reading that syncconf does.
        DeviceName device = new DeviceName(invocation.words().get(1)).truncated();
        try {
            TunnelFile file = ConfFile.parse(invocation, invocation.words().get(2));
            EndpointResolver resolver = new EndpointResolver(invocation.host());
            if (file.hasEndpoint()) {
                resolver.checkRetries();
            }
            return apply(invocation, device, name.equals("addconf") ? file.adding(resolver) : file.replacing(resolver));
        } catch (LocatedResolveException unknown) {
            invocation.report(
                    unknown.failure().reason() + ": `" + unknown.failure().text() + "'");
            invocation.report("Configuration parsing error");
            invocation.remark(unknown.place() + ": " + EndpointResolver.explain(unknown.failure()));
            return ExitCode.FAILED;
        } catch (RefusalException refusal) {
            refusal.print(invocation);
            return refusal.originalCode();
        }
    }

    /// The words with `--json`, which the original does not know.
    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        return new JsonConf(invocation, name).run(arguments.operands());
    }

    private int apply(Invocation invocation, DeviceName device, DeviceUpdate update) {
        if (!name.equals("syncconf") || update.peers().isEmpty()) {
            return Changes.apply(invocation, device, update);
        }
        try {
            return Changes.apply(
                    invocation, device, DeviceDiff.sync(ShowCommand.read(invocation.host(), device), update));
        } catch (DeviceException failure) {
            invocation.report("Unable to retrieve current interface configuration: " + ErrorReport.sentence(failure));
            ErrorReport.addReading(invocation, device, failure);
            return ExitCode.FAILED;
        }
    }
}
