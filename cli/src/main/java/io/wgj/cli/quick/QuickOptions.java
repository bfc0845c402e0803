// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Options;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// Options and operands that several commands of wgj-quick share, each described once.
final class QuickOptions {
    static final String CHECK = "--check";
    static final String CONFIRM = "--confirm";
    /// The process that [ConfirmedRun] starts has this option.
    static final String DETACHED = "--detached";

    static final String FROM_JOURNAL = "--from-journal";
    static final String HOOK_TIMEOUT = "--hook-timeout";
    static final String IDEMPOTENT = "--idempotent";
    static final String INTERFACE = "--interface";
    static final String MANY = "--many";
    static final String NO_CHECK = "--no-check";
    static final String NO_DNS = "--no-dns";
    static final String RESOLVE = "--resolve";
    static final String STRICT = "--strict";

    private static final String FILE_IS =
            "a path that ends in /INTERFACE.conf, or INTERFACE alone, which stands for /etc/wireguard/INTERFACE.conf";

    private QuickOptions() {}

    /// One file, which may be standard input.
    static PositionalParamSpec fileOrInput() {
        return Options.operand(Options.FILE, FILE_IS + "; - is standard input");
    }

    /// One file, or several with `--many`.
    static PositionalParamSpec files() {
        return Options.operands(Options.FILE, "0..*", FILE_IS);
    }

    static OptionSpec confirm() {
        return Options.duration(
                CONFIRM,
                "rolls back, with exit code 9, unless `wgj-quick confirm INTERFACE' follows within TIME, such as 60s; a"
                        + " signal rolls back at once, except HUP");
    }

    static OptionSpec hookTimeout() {
        return Options.duration(
                HOOK_TIMEOUT, "ends a hook that runs longer than TIME, such as 10s, which counts as its failure");
    }

    static OptionSpec noCheck() {
        return Options.flag(NO_CHECK, "leaves out the warnings of `wgj check'");
    }

    static OptionSpec many() {
        return Options.flag(MANY, "takes several FILEs one after the other, and stops at the first that fails");
    }

    static OptionSpec strict() {
        return Options.flag(
                STRICT,
                "refuses a FILE that others can change: itself, or a folder or link on the way to it. Without this"
                        + " option it is warned about, since hooks of a file run as root");
    }

    static OptionSpec resolve(String description) {
        return Options.flag(RESOLVE, description);
    }

    static OptionSpec link() {
        return OptionSpec.builder("-i", INTERFACE)
                .type(String.class)
                .paramLabel(Options.INTERFACE)
                .description("the interface, when FILE is -, which has no name")
                .build();
    }

    static OptionSpec quiet() {
        return Options.quiet("prints errors only: no trace of steps, no warnings and notes");
    }
}
