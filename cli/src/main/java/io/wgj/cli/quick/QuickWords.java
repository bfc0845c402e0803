// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Face;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.command.Version;
import io.wgj.cli.command.WgWords;
import io.wgj.cli.help.QuickHelp;
import java.util.ArrayList;
import java.util.List;

/// The programs `wg-quick` and `wgj-quick`: which command answers.
public final class QuickWords {
    private final Call call;
    private final String launcher;

    private QuickWords(Call call, String launcher) {
        this.call = call;
        this.launcher = launcher;
    }

    /// Runs `call`; the exit code. Messages name the program without its folder.
    public static int run(Call call) {
        String launcher = call.program();
        String program = launcher.substring(launcher.lastIndexOf('/') + 1);
        Call named = new Call(call.face(), program, call.words(), call.host());
        QuickWords words = new QuickWords(named, launcher);
        return call.face() == Face.WG_QUICK ? words.original() : words.extended();
    }

    /// Two words, or one that asks for help.
    private int original() {
        List<String> words = call.words();
        if (words.size() == 1 && WgWords.isHelp(words.getFirst())) {
            return usage(0);
        }
        if (words.size() != 2 || !isOriginal(words.getFirst())) {
            return usage(1);
        }
        return asRoot(words.getFirst(), QuickArguments.of(words.get(1)));
    }

    private int extended() {
        List<String> words = call.words();
        if (words.isEmpty()) {
            return usage(1);
        }
        String verb = words.getFirst();
        if (words.size() == 1 && WgWords.isHelp(verb)) {
            return usage(0);
        }
        if (words.size() == 1 && WgWords.isVersion(verb)) {
            call.out()
                    .append(Version.ORIGINAL)
                    .append(" (wgj ")
                    .append(Version.own())
                    .append(")\n");
            return 0;
        }
        if (verb.equals("help")) {
            return QuickHelp.run(call);
        }
        boolean ours = verb.equals("plan") || verb.equals("reload") || verb.equals("confirm");
        if (!ours && !isOriginal(verb)) {
            int code = usage(1);
            QuickHelp.addUnknown(call, verb);
            return code;
        }
        try {
            QuickArguments arguments = QuickArguments.parse(verb, call.arguments());
            int operands = arguments.operands().size();
            int most = verb.equals("plan") ? 2 : arguments.many() ? Integer.MAX_VALUE : 1;
            if (operands < 1 || operands > most) {
                throw new MisuseException(
                        operands == 0
                                ? verb + ": which file or interface?"
                                : verb + ": one file a call" + manyHint(verb));
            }
            // A plan reads what it may, as the user who asks.
            return verb.equals("plan") ? new PlanCommand(call, arguments).run() : asRoot(verb, arguments);
        } catch (MisuseException misuse) {
            if (ours) {
                call.add(misuse.sentence() + "; see `" + call.program() + " help " + verb + "'");
                return ExitCode.MISUSED;
            }
            int code = usage(1);
            call.add(misuse.sentence());
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
        call.host().err(QuickUsage.original(call.program()));
        if (call.extended()) {
            call.host().err(QuickUsage.ours(call.program()));
        }
        call.host().err(QuickUsage.pointer());
        return code;
    }

    private int asRoot(String verb, QuickArguments arguments) {
        if (Sudo.isNeeded(call)) {
            int code = Sudo.become(call, launcher);
            return isOriginal(verb) ? code : ExitCode.NOT_PERMITTED;
        }
        return arguments.confirm().isPresent() && !arguments.detached()
                ? Trial.start(call, launcher)
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
                return new ConfirmCommand(call, operand).run();
            }
            QuickSource source = source(operand, arguments);
            return switch (verb) {
                case "up" -> new UpCommand(call, source, arguments).run();
                case "down" -> new DownCommand(call, source, arguments).run();
                case "save" -> new SaveCommand(call, source).run();
                case "strip" -> new StripCommand(call, source).run();
                default -> ExitCode.ofRun(new ReloadCommand(call, source, arguments).run());
            };
        } catch (RefusalException refusal) {
            // The original has one code for what it refuses itself.
            int code = refusal.print(call);
            return isOriginal(verb) ? 1 : code;
        }
    }

    private QuickSource source(String operand, QuickArguments arguments) throws RefusalException {
        if (arguments.fromJournal()) {
            return QuickSource.without(call, operand);
        }
        try {
            FoundFile found = FoundFile.find(call, operand);
            if (found.worldAccessible()) {
                call.say(found.warning());
            }
            if (!call.words().getFirst().equals("save")) {
                // It writes the file and runs nothing of it.
                FileTrust.check(call, operand, arguments.strict());
            }
            return QuickSource.read(call, found);
        } catch (RefusalException refusal) {
            if (refusal.code() == ExitCode.NOT_FOUND && call.words().getFirst().equals("down")) {
                List<String> remarks = new ArrayList<>(refusal.remarks());
                remarks.add("if the file is lost, `" + call.program()
                        + " down --from-journal INTERFACE' takes down what `up' did");
                throw new RefusalException(refusal.code(), refusal.wgLines(), remarks);
            }
            throw refusal;
        }
    }
}
