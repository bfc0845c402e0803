// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.demo;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.SpecBuilder;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/// `wgj demo`: makes two ends, brings each up from a generated file with `wgj-quick`, pings and sends something
/// across, shows both, and leaves nothing. Reports each step before it is taken.
public final class DemoCommand implements OwnCommand {
    /// Makes a process the one that has a process namespace of its own.
    static final String INSIDE = "--inside";

    static final String ENGINE = "--engine";

    @Override
    public String summary() {
        return "Shows a tunnel at work, in network namespaces of its own";
    }

    @Override
    public CommandSpec spec() {
        return SpecBuilder.of("demo", this)
                .text("""
                    Makes two network namespaces with a virtual wire between them. Brings a tunnel up in each from a
                    generated file, as wgj-quick does. Pings and sends something across, shows both ends, and takes them
                    down. Nothing is left behind.

                    The demo needs root, and a kernel with WireGuard or /dev/net/tun. Without the kernel's WireGuard it
                    runs wgj's own engine, or the one that WG_QUICK_USERSPACE_IMPLEMENTATION names.
                    """)
                .option(Options.flag(ENGINE, "runs wgj's own engine in any case"))
                .option(Options.hidden(INSIDE))
                .option(Options.quiet("prints errors only"))
                .exits(ExitCode.DONE, ExitCode.FAILED, ExitCode.MISUSED, ExitCode.NOT_PERMITTED)
                .example("wgj demo", "Shows a tunnel in the kernel, where the kernel has WireGuard")
                .example("wgj demo --engine", "Shows a tunnel between two of wgj's own engines")
                .build();
    }

    @Override
    public boolean runsInBatch(List<String> words) {
        return false;
    }

    @Override
    public int run(Invocation invocation, Arguments arguments) {
        return new Demo(invocation, arguments.has(ENGINE), arguments.has(INSIDE), arguments.quiet()).run();
    }
}
