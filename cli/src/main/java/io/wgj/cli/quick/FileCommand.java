// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.OwnCommand;
import io.wgj.cli.command.RefusalException;
import java.util.ArrayList;
import java.util.List;

/// A command that acts on configuration files, one after the other, as root.
abstract class FileCommand implements OwnCommand {
    /// Its name.
    abstract String name();

    /// Acts on one file.
    ///
    /// @return the exit code
    abstract int run(Invocation invocation, Arguments arguments, QuickSource source) throws RefusalException;

    @Override
    public final int run(Invocation invocation, Arguments arguments) throws MisuseException, RefusalException {
        check(arguments);
        if (Sudo.isNeeded(invocation)) {
            int code = Sudo.become(invocation);
            return hasOriginalCodes() ? code : ExitCode.NOT_PERMITTED;
        }
        if (arguments.has(QuickOptions.CONFIRM) && !arguments.has(QuickOptions.DETACHED)) {
            return ConfirmedRun.start(invocation);
        }
        for (String operand : arguments.operands()) {
            List<String> notes = new ArrayList<>();
            boolean collects = arguments.quiet() || arguments.json();
            Invocation one = collects ? invocation.collecting(notes) : invocation;
            int code = run(one, arguments, source(one, arguments, operand));
            if (code != ExitCode.DONE) {
                return code;
            }
        }
        return ExitCode.DONE;
    }

    private void check(Arguments arguments) throws MisuseException {
        boolean many = arguments.has(QuickOptions.MANY);
        if (arguments.operands().size() > 1 && !many) {
            throw new MisuseException("one FILE a call, or --many");
        }
        if (many && arguments.has(QuickOptions.CONFIRM)) {
            throw new MisuseException("--confirm is for one FILE");
        }
        if (arguments.has(QuickOptions.DETACHED) && !arguments.has(QuickOptions.CONFIRM)) {
            throw new MisuseException(QuickOptions.DETACHED + " is not for users");
        }
    }

    /// What the word names.
    QuickSource source(Invocation invocation, Arguments arguments, String word)
            throws MisuseException, RefusalException {
        FoundFile found = takesStandardInput()
                ? FoundFile.orStandardInput(invocation, arguments, word)
                : FoundFile.find(invocation, word);
        if (found.worldAccessible()) {
            invocation.warn(found.warning());
        }
        if (!found.isStandardInput() && runsHooksOfTheFile()) {
            FileTrust.check(invocation, word, arguments.has(QuickOptions.STRICT));
        }
        return QuickSource.read(invocation, found, name());
    }

    /// Whether `-` stands for standard input, under our own name.
    boolean takesStandardInput() {
        return false;
    }

    /// Whether it matters that others can change the file.
    boolean runsHooksOfTheFile() {
        return true;
    }
}
