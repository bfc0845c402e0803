// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The help of `wgj-quick`.
public final class QuickHelp {
    private static final String FILE = "FILE is a path that ends in /INTERFACE.conf, or the interface's name, which"
            + " stands for\n/etc/wireguard/INTERFACE.conf.\n";

    private static final String STRICT = """
        --strict         refuses a file that others can change: one that belongs to somebody other than root
                         and the caller, or that others may write to, itself or a folder or link on the way
                         to it. Without this option such a file is warned about, for its hooks run as root.
        """;

    private static final String MANY = """
        --many FILE...   does one file after the other, and stops at the first that fails
        """;

    private static final Map<String, HelpText> PAGES = pages();

    private QuickHelp() {}

    /// `help COMMAND`; the exit code.
    public static int run(Invocation invocation) {
        if (invocation.words().size() != 2) {
            invocation.remark("help: one command, please; `" + invocation.program() + " help' lists them");
            return ExitCode.MISUSED;
        }
        String command = invocation.words().get(1);
        HelpText page = PAGES.get(command);
        if (page == null) {
            addUnknown(invocation, command);
            return ExitCode.MISUSED;
        }
        invocation.out().append(HelpPages.of(invocation.program(), command, page, "Exit codes:", codes(command, page)));
        return ExitCode.DONE;
    }

    private static Map<String, String> codes(String command, HelpText page) {
        Map<String, String> codes = new LinkedHashMap<>();
        if (!page.exitCodes().isEmpty()) {
            HelpPages.put(codes, page.exitCodes(), ExitCode.DONE, "done, or nothing to do");
            HelpPages.put(codes, page.exitCodes(), ExitCode.FAILED, "failed");
            HelpPages.put(codes, page.exitCodes(), ExitCode.MISUSED, "misused");
            HelpPages.put(codes, page.exitCodes(), ExitCode.INVALID, "the file has mistakes");
            HelpPages.put(codes, page.exitCodes(), ExitCode.NOT_PERMITTED, "not permitted");
            HelpPages.put(
                    codes, page.exitCodes(), ExitCode.NOT_FOUND, "no such interface or file, or nothing that waits");
            HelpPages.put(codes, page.exitCodes(), ExitCode.PENDING, "--check: there is something to do");
            HelpPages.put(codes, page.exitCodes(), ExitCode.TIMED_OUT, "too late: it is rolled back");
            HelpPages.put(codes, page.exitCodes(), ExitCode.ROLLED_BACK, "--confirm: rolled back");
            return codes;
        }
        codes.put("" + ExitCode.DONE, "done, or nothing to do");
        codes.put("" + ExitCode.FAILED, "failed; standard error says why");
        boolean up = command.equals("up");
        if (up || command.equals("down")) {
            codes.put("2", "the kernel refused what ip(8) ends so for");
        }
        if (up) {
            codes.put("" + ExitCode.ROLLED_BACK, "--confirm: rolled back");
        }
        codes.put(
                "127", up ? "DNS without resolvconf or resolvectl; no sudo to become root" : "no sudo to become root");
        if (up) {
            codes.put("255", "no such routing table");
        }
        if (up || command.equals("down")) {
            codes.put("else", "that of the hook that failed");
        }
        return codes;
    }

    /// Says that there is no such command, and which was meant.
    public static void addUnknown(Invocation invocation, String word) {
        String likely = DidYouMean.closest(word, List.copyOf(PAGES.keySet()));
        String advice = likely.isEmpty() ? "" : "; did you mean `" + likely + "'?";
        invocation.remark(word + ": no such command" + advice);
    }

    private static Map<String, HelpText> pages() {
        Map<String, HelpText> pages = new LinkedHashMap<>();
        pages.put(
                "up",
                new HelpText(
                        "FILE [--confirm TIME] [--idempotent] [--hook-timeout TIME] [--strict]",
                        "Brings a tunnel up",
                        FILE + """

                            The whole file is judged before anything is done. Each step is told on standard error as the command
                            that does the same; when one fails, all before it are taken back.

                            --confirm 60s    rolls back, with exit code 9, unless `confirm INTERFACE' comes in time; a signal does
                                             so at once, but for the terminal's end (HUP)
                            --idempotent     succeeds quietly when the interface is there already
                            --hook-timeout   a hook that runs longer has failed: it is ended by SIGTERM and, 2 s later, SIGKILL
                            """ + STRICT + MANY,
                        ""));
        pages.put(
                "down",
                new HelpText(
                        "FILE [--idempotent] [--hook-timeout TIME] [--from-journal] [--strict]",
                        "Takes a tunnel down",
                        FILE + """

                            Undoes what `up' did, by the journal it kept, and nothing else; what the journal does not tell is
                            undone as wg-quick does. Hooks, SaveConfig and DNS are as the file says now. An interface that was
                            renamed is found; one that was moved to another network namespace is left alone, and the journal kept.

                            --idempotent     succeeds quietly when there is no such interface
                            --hook-timeout   a hook that runs longer has failed: it is ended by SIGTERM and, 2 s later, SIGKILL
                            --from-journal   for an interface whose file is lost, or that is gone: no hooks, the journal alone
                            """ + STRICT + MANY,
                        ""));
        pages.put("save", new HelpText("FILE", "Writes what an interface is into its file", FILE + """

            Keys that are ours stay as they are written, and keys that are kept elsewhere are not written.
            The old file stays until the new one is on the disk.
            """ + MANY, ""));
        pages.put("strip", new HelpText("FILE [--strict]", "Prints a file as `wg setconf' reads it", FILE + """

            Keys from PrivateKeyFile, PrivateKeyCommand and PresharedKeyFile are printed in their places.

            --strict   refuses a file that others can change, see `help up'
            """, ""));
        pages.put(
                "plan",
                new HelpText(
                        "[up | down | reload] FILE [--json] [--no-dns] [--check] [--resolve] [--strict]",
                        "Prints what would be done, and touches nothing",
                        FILE + """

                            Steps are commands of ip(8), wg(8) and nft(8) with all they imply, secrets hidden. What `up' is
                            going to do is shown as it will be if PreUp changes nothing. PrivateKeyCommand is not run.

                            --json     one JSON document, schema wgj/1; errors are JSON on standard error
                            --no-dns   leaves names as they are instead of looking them up
                            --check    exit code 6 when there is something to do
                            --resolve  for reload: looks up every name, as `reload --resolve' does
                            --strict   refuses a file that others can change, see `help up'
                            """,
                        "0123456"));
        pages.put(
                "reload",
                new HelpText(
                        "FILE [--confirm TIME] [--resolve] [--strict]",
                        "Makes a running tunnel what its file says",
                        FILE + """

                            Sends the smallest change: sessions in progress lose no packet. Runs no hooks. What hooks added
                            since `up' stays, and an unchanged file changes nothing.

                            An endpoint that is a name is looked up when the file has changed it, and again when its peer has
                            had no handshake for 180 seconds: the address behind the name may have changed.

                            --confirm 60s   rolls back, with exit code 9, unless `confirm INTERFACE' comes in time; a signal does so
                                            at once, but for the terminal's end (HUP)
                            --resolve       looks up every name again, of peers with a recent handshake too
                            --strict        refuses a file that others can change, see `help up'
                            """,
                        "0123459"));
        pages.put(
                "confirm",
                new HelpText("INTERFACE", "Keeps what `up --confirm' or `reload --confirm' did", "", "012457"));
        pages.put("help", new HelpText("[COMMAND]", "Lists the commands, or tells about one of them", "", "012"));
        return pages;
    }
}
