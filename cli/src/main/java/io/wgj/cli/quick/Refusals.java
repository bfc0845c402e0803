// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.file.Key;
import io.wgj.config.file.Place;
import io.wgj.config.file.Problem;
import io.wgj.config.text.Printable;
import java.util.List;

/// Makes refusals in the form of the original's errors: `wg-quick: what is wrong`.
final class Refusals {
    private Refusals() {}

    /// @param message what is wrong
    static RefusalException of(Invocation invocation, String message) {
        return of(invocation, ExitCode.FAILED, message);
    }

    /// A message of ours in the original's form.
    ///
    /// @param code what to end with
    static RefusalException of(Invocation invocation, int code, String message) {
        return original(invocation, code, Printable.of(message));
    }

    /// The original's own message, byte for byte.
    ///
    /// @param code what to end with
    static RefusalException original(Invocation invocation, int code, String message) {
        return new RefusalException(code, List.of(invocation.program() + ": " + message), List.of());
    }

    /// A bad value of a key of wgj.
    ///
    /// @param code what to end with
    static RefusalException at(Invocation invocation, int code, Place place, Key key, String reason, String hint) {
        Problem problem = Problem.of(place, key, "", reason, hint);
        return of(invocation, code, ErrorReport.sentence(problem)).withProblems(List.of(problem));
    }
}
