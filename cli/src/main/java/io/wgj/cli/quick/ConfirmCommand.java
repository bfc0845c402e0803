// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.run.QuickRun;
import io.wgj.quick.run.RunException;
import java.util.Optional;

/// `confirm`: the word that `--confirm` waits for.
record ConfirmCommand(Invocation invocation, String word) {
    int run() throws RefusalException {
        Optional<InterfaceName> name = InterfaceName.parse(word);
        InterfaceName link =
                name.isPresent() ? name.get() : FoundFile.find(invocation, word).link();
        QuickSource source = QuickSource.without(invocation, link.text());
        Tunnel tunnel = source.lenient();
        try {
            QuickRun.Confirmation confirmation =
                    Session.runner(invocation, tunnel).confirm(Session.job(invocation, source, tunnel, false));
            if (confirmation == QuickRun.Confirmation.KEPT) {
                return ExitCode.DONE;
            }
            throw confirmation == QuickRun.Confirmation.TOO_LATE
                    ? Refusals.of(
                            invocation,
                            ExitCode.TIMED_OUT,
                            "`" + link + "': too late, it is rolled back; if the process that was to do so was killed,"
                                    + " by the next up, down or reload")
                    : Refusals.of(invocation, ExitCode.NOT_FOUND, "nothing waits for a confirmation of `" + link + "'");
        } catch (RunException failure) {
            throw Session.refusal(failure);
        }
    }
}
