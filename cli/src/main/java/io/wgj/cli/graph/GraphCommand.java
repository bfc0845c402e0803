// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.text.Latin1;
import io.wgj.diagnosis.host.RoutingHost;
import io.wgj.netlink.sys.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj graph FILE | INTERFACE...`: draws the tunnels of files and interfaces.
public final class GraphCommand implements OwnCommand {
    private static final String SVG = "--svg";
    private static final String DOT = "--dot";
    private static final String MERMAID = "--mermaid";
    private static final String OUTPUT = "--output";

    private final RoutingHost routing;

    public GraphCommand() {
        this(RoutingHost.linux());
    }

    /// @param routing the host whose addresses and routes are read
    GraphCommand(RoutingHost routing) {
        this.routing = routing;
    }

    @Override
    public String summary() {
        return "Draws the tunnels between hosts, from files and interfaces";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("graph", this)
                .synopsis("[--svg | --dot | --mermaid] [-o FILE] [-q] FILE | INTERFACE...")
                .text("""
                    Draws each end of a tunnel with its addresses, endpoint, routes, rules and underlay, and each tunnel with
                    the prefixes that each end sends into it (AllowedIPs). Several files of one network are joined: the
                    public key that a file's private key has is the peer of the other files. An end without a file is drawn
                    with a dashed line, from what its peers say.

                    A word with a / in it, one that ends in .conf, and - for standard input are files; any other word is an
                    interface that is up, or else its file in /etc/wireguard. Peers have the names that comments of the file
                    give them. An interface is read by root, or through the monitor by members of the group wgj.

                    Private and preshared keys appear in no drawing; PrivateKeyCommand is not run. The SVG picture follows
                    the light or dark colours that its reader prefers.
                    """)
                .operand(
                        Options.operands("FILE | INTERFACE", "0..*", "configuration files, and interfaces that are up"))
                .option(Options.flag(SVG, "makes an SVG picture, as without an option"))
                .option(Options.flag(DOT, "prints the graph in Graphviz' language"))
                .option(Options.flag(MERMAID, "prints a Mermaid flowchart, which forges draw in Markdown"))
                .option(Options.value(
                        "-o",
                        OUTPUT,
                        Options.FILE,
                        "writes to FILE, whole or not at all, instead of standard output; a new file has mode 0600"))
                .option(Options.quiet("prints no notes"))
                .exits(
                        ExitCode.DONE,
                        ExitCode.FAILED,
                        ExitCode.MISUSED,
                        ExitCode.INVALID,
                        ExitCode.NOT_PERMITTED,
                        ExitCode.NOT_FOUND)
                .example("wgj graph wg0 -o wg0.svg", "Draws the interface wg0 and its peers")
                .example("wgj graph berlin.conf lisbon.conf -o sites.svg", "Draws two files as one network")
                .example("wgj graph --mermaid *.conf", "Prints a chart to paste into a Markdown page")
                .build();
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        boolean dot = arguments.has(DOT);
        boolean mermaid = arguments.has(MERMAID);
        if ((dot ? 1 : 0) + (mermaid ? 1 : 0) + (arguments.has(SVG) ? 1 : 0) > 1) {
            throw new MisuseException(SVG + ", " + DOT + " and " + MERMAID + ": one of them");
        }
        Invocation quiet = arguments.quiet() ? invocation.collecting(new ArrayList<>()) : invocation;
        GraphSources reader = new GraphSources(quiet, routing);
        List<GraphSource> sources = new ArrayList<>();
        for (String word : arguments.operands()) {
            sources.add(reader.read(word));
        }
        Network network = Network.of(sources);
        String drawing = Latin1.ofUnicode(
                dot ? DotText.of(network) : mermaid ? MermaidText.of(network) : SvgPicture.of(network));
        Optional<String> output = arguments.text(OUTPUT);
        if (output.isPresent()) {
            write(invocation.host().quick(), output.get(), drawing);
        } else {
            invocation.out().append(drawing);
        }
        return ExitCode.DONE;
    }

    private static void write(QuickHost files, String path, String drawing) throws RefusalException {
        try {
            if (exists(files, path)) {
                files.replace(path, drawing);
            } else {
                files.createNew(path, drawing);
            }
        } catch (FileException failure) {
            throw new RefusalException(
                    ExitCode.of(failure),
                    List.of(),
                    List.of("graph: " + path + ": " + why(failure) + "; nothing was written"));
        }
    }

    private static String why(FileException failure) {
        return failure.errno() == Errno.EINVAL
                ? "this is no regular file; without -o the drawing goes to standard output"
                : ErrorReport.sentence(failure.errno());
    }

    private static boolean exists(QuickHost files, String path) throws FileException {
        try {
            files.linkFacts(path);
            return true;
        } catch (FileException failure) {
            if (failure.errno() == Errno.ENOENT) {
                return false;
            }
            throw failure;
        }
    }
}
