// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.cli.linux.RawArguments;
import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import io.wgj.netlink.sys.ProgramImage;
import java.io.FileOutputStream;
import java.io.IOException;
import java.util.List;

/// Where the JVM starts. The launcher's words are `INVOKED_AS PROGRAM WORDS…`: the name of the called link, the
/// program's name as messages show it, and the user's words.
public final class Main {
    private static final int LAUNCHER_WORDS = 2;

    private static final int SIGPIPE = 13;

    private Main() {}

    /// Runs one command and ends the process with its exit code.
    public static void main(String[] arguments) {
        LinuxHost host = new LinuxHost();
        int code;
        try {
            List<String> words = RawArguments.of(arguments);
            hideMemory(words);
            code = run(words, host);
        } catch (RuntimeException | Error bug) {
            host.flush();
            host.err("wgj: internal error: " + Printable.of(KeyMask.hide(bug.toString())) + "\n");
            if (host.env("WGJ_DEBUG") != null) {
                bug.printStackTrace();
            }
            code = 1;
        }
        if (!host.flush()) {
            code = unwritten(arguments, host, code);
        }
        if (isQuick(arguments)) {
            // Only there, because it needs the native calls, which some of wg's words do without.
            ProgramImage.end(code);
        }
        // Not `exit`: there are no shutdown hooks to wait for.
        Runtime.getRuntime().halt(code);
    }

    /// Keeps keys from core dumps, before one is read. Loading the native calls would cost `pubkey`, which does
    /// without them, a fifth of its time; so it asks the kernel for dumps without memory, by writing a file. Words
    /// that read no keys need neither.
    private static void hideMemory(List<String> words) {
        String word = words.size() > LAUNCHER_WORDS ? words.get(LAUNCHER_WORDS) : "";
        switch (word) {
            case "help", "--help", "-h", "--version", "version" -> {}
            case "pubkey" -> {
                try (FileOutputStream filter = new FileOutputStream("/proc/self/coredump_filter")) {
                    filter.write('0');
                } catch (IOException _) {
                    // Without /proc, or in a kernel without it.
                    return;
                }
            }
            default -> ProgramImage.hideMemory();
        }
    }

    /// The exit code of a command whose output is lost, in the way of the original that has the command's name:
    /// `wg` does not look, and `wg-quick` fails with the sentence of bash.
    private static int unwritten(String[] arguments, LinuxHost host, int code) {
        if (host.readerIsGone()) {
            ProgramImage.endBy(SIGPIPE);
        }
        InvokedAs invokedAs = InvokedAs.of(arguments[0]);
        if (invokedAs == InvokedAs.WG) {
            return code;
        }
        host.err((invokedAs == InvokedAs.WG_QUICK ? "wg-quick: write error: " : "wgj: standard output: ")
                + host.writeFailure()
                + (invokedAs == InvokedAs.WG_QUICK ? "\n" : "; not all of it was written\n"));
        return code == ExitCode.DONE || code == ExitCode.PENDING ? ExitCode.FAILED : code;
    }

    private static boolean isQuick(String[] arguments) {
        return arguments.length > 0 && arguments[0].endsWith("-quick");
    }

    private static int run(List<String> words, LinuxHost host) {
        if (words.size() < LAUNCHER_WORDS) {
            host.err("wgj: start it through its launcher: io.wgj.cli.Main INVOKED_AS PROGRAM WORDS...\n");
            return 2;
        }
        InvokedAs invokedAs = InvokedAs.of(words.getFirst());
        return Programs.run(new Invocation(invokedAs, words.get(1), words.subList(LAUNCHER_WORDS, words.size()), host));
    }
}
