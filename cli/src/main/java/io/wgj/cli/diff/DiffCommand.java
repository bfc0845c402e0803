// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diff;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.json.DeviceJsonReader;
import io.wgj.cli.json.DiffJson;
import io.wgj.cli.wg.ConfFile;
import io.wgj.cli.wg.EndpointResolver;
import io.wgj.cli.wg.JsonConf;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.file.Key;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.PeerNames;
import io.wgj.config.file.Problem;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.QuickLine;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.quick.plan.SyncChange;
import io.wgj.quick.text.WgSetWords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj diff INTERFACE FILE`: compares a running device with a file.
public final class DiffCommand implements OwnCommand {
    private static final String UNIFIED = "--unified";

    @Override
    public String summary() {
        return "Prints what `wgj syncconf' would change, and changes nothing";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("diff", this)
                .text("""
                    Compares a device with a file for setconf, or with a JSON document that `wgj show --json --secrets' has
                    printed. Of a file with keys of wg-quick's, what `wgj-quick strip' prints counts; `wgj-quick diff' compares
                    addresses, routes and rules too. Prints the fewest `wg set' commands that make the one the other; or, with -u, both sides as a
                    unified diff. Keys other than public ones are never shown: a changed one is (hidden) on both sides.

                    Like syncconf, a file without ListenPort lets the device choose another port, which is a change, and a
                    peer's endpoint counts when the file has one. The order of peers and of allowed IPs does not count.
                    """)
                .operand(Options.operand(Options.INTERFACE, "a WireGuard interface"))
                .operand(Options.operands(
                        Options.FILE,
                        "1",
                        "the file, as for setconf or wg-quick, or a JSON document; - is standard input"))
                .option(Options.flag("-u", UNIFIED, "prints a unified diff"))
                .option(Options.json("one JSON document"))
                .option(Options.quiet("prints errors only; the exit code is the answer"))
                .exit("0", "the device is as the file says")
                .exits(ExitCode.FAILED, ExitCode.MISUSED, ExitCode.INVALID, ExitCode.NOT_PERMITTED, ExitCode.NOT_FOUND)
                .exit("6", "they differ")
                .example("wgj diff wg0 wg0.conf", "Prints what `wgj syncconf wg0 wg0.conf' would change")
                .example("wgj diff -u wg0 /etc/wireguard/wg0.conf", "Compares wg0 with its file of wg-quick's")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        List<String> operands = arguments.operands();
        if (arguments.json() && arguments.has(UNIFIED)) {
            throw new MisuseException(UNIFIED + " and --json: one or the other");
        }
        DeviceName name = Options.linkName(operands.getFirst());
        String path = operands.getLast();
        String text = ConfFile.textOrRefusal(invocation.host(), path);
        boolean isJson = text.stripLeading().startsWith("{");
        TunnelFile file = isJson
                ? JsonConf.content(DeviceJsonReader.read(path, text, name), path, false)
                : parse(invocation, path, text);
        DeviceUpdate replacing = resolve(invocation, file);
        DeviceState now = read(invocation, name);
        SyncChange change = SyncChange.of(now, replacing);
        Map<PublicKey, String> names = isJson ? PeerNames.of(file) : PeerNames.of(QuickFile.of(path, text));
        if (arguments.json()) {
            invocation.out().append(DiffJson.of(path, change, names));
        } else if (!arguments.quiet()) {
            List<String> lines = arguments.has(UNIFIED)
                    ? DeviceSides.compared(name.text(), path, change, names)
                    : WgSetWords.lines(name.text(), change.update());
            for (String line : lines) {
                invocation.out().append(line).append('\n');
            }
        }
        return change.isEmpty() ? ExitCode.DONE : ExitCode.PENDING;
    }

    /// Of a file with keys of wg-quick's or ours, the part that `strip` prints.
    private static TunnelFile parse(Invocation invocation, String path, String text) throws RefusalException {
        QuickFile lines = QuickFile.of(path, text);
        boolean isOfQuick = false;
        for (QuickLine line : lines.lines()) {
            isOfQuick |= line.key().isPresent();
        }
        if (!isOfQuick) {
            return ConfFile.parse(invocation, path, text);
        }
        ParsedFile parsed = QuickConfigParser.parse(lines);
        if (parsed.file().isEmpty()) {
            List<String> sentences = new ArrayList<>();
            for (Problem problem : parsed.problems()) {
                sentences.add(ErrorReport.sentence(problem));
            }
            throw new RefusalException(ExitCode.INVALID, List.of(), sentences).withProblems(parsed.problems());
        }
        for (Key key : List.of(Key.PRIVATE_KEY_FILE, Key.PRIVATE_KEY_COMMAND, Key.PRESHARED_KEY_FILE)) {
            if (lines.last(key).isPresent()) {
                throw new RefusalException(
                        ExitCode.FAILED,
                        List.of(),
                        List.of(path + ":" + lines.last(key).get().number() + ": " + key.text()
                                + ": its key is not read here; `wgj-quick strip " + path
                                + " | wgj diff INTERFACE -' reads it"));
            }
        }
        return parsed.file().get();
    }

    private static DeviceUpdate resolve(Invocation invocation, TunnelFile file) throws RefusalException {
        try {
            return file.replacing(new EndpointResolver(invocation.host()));
        } catch (LocatedResolveException unknown) {
            throw new RefusalException(
                    ExitCode.FAILED,
                    List.of(),
                    List.of(unknown.place() + ": `" + unknown.failure().text() + "': "
                            + EndpointResolver.explain(unknown.failure())));
        }
    }

    private static DeviceState read(Invocation invocation, DeviceName name) throws RefusalException {
        try (WireGuardDevice device = invocation.host().devices().openToRead(name)) {
            return device.read();
        } catch (DeviceException failure) {
            DeviceException examined = invocation.host().devices().examine(name, failure);
            throw new RefusalException(
                    ExitCode.of(examined),
                    List.of(),
                    List.of("cannot read " + name + ": " + ErrorReport.explain(examined)));
        }
    }
}
