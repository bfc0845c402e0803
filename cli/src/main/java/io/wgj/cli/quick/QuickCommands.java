// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.Version;
import io.wgj.cli.help.QuickHelp;
import io.wgj.cli.wg.WgCommands;
import java.util.ArrayList;
import java.util.List;

/// The programs `wg-quick` and `wgj-quick`: which command answers.
public final class QuickCommands {
    private final Invocation invocation;
    private final String launcher;

    private QuickCommands(Invocation invocation, String launcher) {
        this.invocation = invocation;
        this.launcher = launcher;
    }

    /// Runs `call`; the exit code. Messages name the program without its folder.
    public static int run(Invocation invocation) {
        String launcher = invocation.program();
        String program = launcher.substring(launcher.lastIndexOf('/') + 1);
        Invocation named = new Invocation(invocation.invokedAs(), program, invocation.words(), invocation.host());
        QuickCommands words = new QuickCommands(named, launcher);
        return invocation.invokedAs() == InvokedAs.WG_QUICK ? words.original() : words.extended();
    }

    /// Two words, or one that asks for help.
    private int original() {
        List<String> words = invocation.words();
        if (words.size() == 1 && WgCommands.isHelp(words.getFirst())) {
            return usage(0);
        }
        if (words.size() != 2 || !isOriginal(words.getFirst())) {
            return usage(1);
        }
        return asRoot(words.getFirst(), QuickArguments.of(words.get(1)));
    }

    private int extended() {
        List<String> words = invocation.words();
        if (words.isEmpty()) {
            return usage(1);
        }
        String verb = words.getFirst();
        if (words.size() == 1 && WgCommands.isHelp(verb)) {
            return usage(0);
        }
        if (words.size() == 1 && WgCommands.isVersion(verb)) {
            invocation
                    .out()
                    .append(Version.ORIGINAL)
                    .append(" (wgj ")
                    .append(Version.own())
                    .append(")\n");
            return 0;
        }
        if (verb.equals("help")) {
            return QuickHelp.run(invocation);
        }
        boolean ours = verb.equals("plan") || verb.equals("reload") || verb.equals("confirm");
        if (!ours && !isOriginal(verb)) {
            int code = usage(1);
            QuickHelp.addUnknown(invocation, verb);
            return code;
        }
        try {
            QuickArguments arguments = QuickArguments.parse(verb, invocation.arguments());
            int operands = arguments.operands().size();
            int most = verb.equals("plan") ? 2 : arguments.many() ? Integer.MAX_VALUE : 1;
            if (operands < 1 || operands > most) {
                throw new MisuseException(
                        operands == 0
                                ? verb + ": which file or interface?"
                                : verb + ": one file a call" + manyHint(verb));
            }
            // A plan reads what it may, as the user who asks.
            return verb.equals("plan") ? new PlanCommand(invocation, arguments).run() : asRoot(verb, arguments);
        } catch (MisuseException misuse) {
            if (ours) {
                invocation.remark(misuse.sentence() + "; see `" + invocation.program() + " help " + verb + "'");
                return ExitCode.MISUSED;
            }
            int code = usage(1);
            invocation.remark(misuse.sentence());
            return code;
        }
    }

    private static String manyHint(String verb) {
        return verb.equals("up") || verb.equals("down") || verb.equals("save") ? ", or --many" : "";
    }

    private static boolean isOriginal(String verb) {
        return verb.equals("up") || verb.equals("down") || verb.equals("save") || verb.equals("strip");
    }

    private int usage(int code) {
        invocation.host().err(QuickUsage.original(invocation.program()));
        if (invocation.extended()) {
            invocation.host().err(QuickUsage.ours(invocation.program()));
        }
        invocation.host().err(QuickUsage.pointer());
        return code;
    }

    private int asRoot(String verb, QuickArguments arguments) {
        if (Sudo.isNeeded(invocation)) {
            int code = Sudo.become(invocation, launcher);
            return isOriginal(verb) ? code : ExitCode.NOT_PERMITTED;
        }
        return arguments.confirm().isPresent() && !arguments.detached()
                ? ConfirmedRun.start(invocation, launcher)
                : runOne(verb, arguments);
    }

    private int runOne(String verb, QuickArguments arguments) {
        for (String operand : arguments.operands()) {
            int code = run(verb, operand, arguments);
            if (code != 0) {
                return code;
            }
        }
        return 0;
    }

    private int run(String verb, String operand, QuickArguments arguments) {
        try {
            if (verb.equals("confirm")) {
                return new ConfirmCommand(invocation, operand).run();
            }
            QuickSource source = source(operand, arguments);
            return switch (verb) {
                case "up" -> new UpCommand(invocation, source, arguments).run();
                case "down" -> new DownCommand(invocation, source, arguments).run();
                case "save" -> new SaveCommand(invocation, source).run();
                case "strip" -> new StripCommand(invocation, source).run();
                default -> ExitCode.ofRun(new ReloadCommand(invocation, source, arguments).run());
            };
        } catch (RefusalException refusal) {
            // The original has one code for what it refuses itself.
            int code = refusal.print(invocation);
            return isOriginal(verb) ? 1 : code;
        }
    }

    private QuickSource source(String operand, QuickArguments arguments) throws RefusalException {
        if (arguments.fromJournal()) {
            return QuickSource.without(invocation, operand);
        }
        try {
            FoundFile found = FoundFile.find(invocation, operand);
            if (found.worldAccessible()) {
                invocation.report(found.warning());
            }
            if (!invocation.words().getFirst().equals("save")) {
                // It writes the file and runs nothing of it.
                FileTrust.check(invocation, operand, arguments.strict());
            }
            return QuickSource.read(invocation, found);
        } catch (RefusalException refusal) {
            if (refusal.code() == ExitCode.NOT_FOUND
                    && invocation.words().getFirst().equals("down")) {
                List<String> remarks = new ArrayList<>(refusal.remarks());
                remarks.add("if the file is lost, `" + invocation.program()
                        + " down --from-journal INTERFACE' takes down what `up' did");
                throw new RefusalException(refusal.code(), refusal.wgLines(), remarks);
            }
            throw refusal;
        }
    }
}
