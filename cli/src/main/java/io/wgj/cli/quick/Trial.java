// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// `--confirm`: what is done is taken back unless the user says in time that it is to stay. A tunnel one is logged in
/// through may take the terminal with it, so a child in a session of its own does it all, and this process, which the
/// terminal may end, only waits for it.
final class Trial {
    /// What makes a process the child: an option that no help mentions.
    static final String CHILD = "--detached";

    private final Call call;
    private final QuickSource source;
    private final QuickArguments arguments;

    Trial(Call call, QuickSource source, QuickArguments arguments) {
        this.call = call;
        this.source = source;
        this.arguments = arguments;
    }

    /// In the foreground: the child's exit code.
    static int start(Call call, String launcher) {
        // As the launcher's first line says.
        List<String> words = new ArrayList<>(List.of(
                "/bin/bash",
                "-p",
                "--",
                Launcher.path(call, launcher),
                call.words().getFirst(),
                CHILD));
        words.addAll(call.arguments());
        call.host().flush();
        try {
            return call.host().quick().runHere(words);
        } catch (FileException failure) {
            call.say(call.program() + ": " + launcher + ": " + ErrorReport.sentence(failure.errno()));
            return ExitCode.FAILED;
        }
    }

    /// What is done on trial.
    interface Deed {
        /// The exit code.
        ///
        /// @param stays to be asked when all is done: whether the word has come
        int run(BooleanSupplier stays) throws RefusalException;
    }

    /// In the child.
    int run(Deed deed) throws RefusalException {
        QuickHost system = call.host().quick();
        system.leaveSession();
        String link = source.found().link().text();
        try {
            Optional<QuickHost.Confirmation> confirmation =
                    system.awaitConfirmation(source.found().link());
            if (confirmation.isEmpty()) {
                throw Refusals.of(call, "`" + link + "' waits for a confirmation already");
            }
            try (QuickHost.Confirmation waiting = confirmation.get()) {
                return deed.run(() -> comes(waiting, link));
            }
        } catch (FileException failure) {
            throw Refusals.of(call, "`" + link + "': " + ErrorReport.sentence(failure.errno()));
        }
    }

    /// No word that can be heard is none.
    private boolean comes(QuickHost.Confirmation waiting, String link) {
        Duration time = arguments.confirm().orElseThrow();
        call.add("this stays if `" + call.program() + " confirm " + link + "' comes within " + time.toSeconds() + " s");
        boolean comes;
        try {
            comes = waiting.comesWithin(time);
        } catch (FileException _) {
            comes = false;
        }
        if (!comes) {
            call.add("no confirmation came for `" + link + "': taking it back");
        }
        return comes;
    }
}
