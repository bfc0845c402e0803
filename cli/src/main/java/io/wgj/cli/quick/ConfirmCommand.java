// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.config.net.InterfaceName;
import java.util.Optional;

/// `confirm`: the word that `--confirm` waits for.
record ConfirmCommand(Call call, String word) {
    int run() throws RefusalException {
        Optional<InterfaceName> name = InterfaceName.parse(word);
        InterfaceName link =
                name.isPresent() ? name.get() : FoundFile.find(call, word).link();
        try {
            if (call.host().quick().confirm(link)) {
                return ExitCode.DONE;
            }
            throw Refusals.of(call, ExitCode.NOT_FOUND, "nothing waits for a confirmation of `" + link + "'");
        } catch (FileException failure) {
            throw Refusals.of(call, ExitCode.FAILED, "`" + link + "': " + ErrorReport.sentence(failure.errno()));
        }
    }
}
