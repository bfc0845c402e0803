// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.ConfFile;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.file.Place;
import io.wgj.config.file.Printable;
import io.wgj.config.file.Problem;
import java.util.List;

/// Refusals in the form of the original's own errors: `wg-quick: what is wrong`.
final class Refusals {
    private Refusals() {}

    /// @param message what is wrong
    static RefusalException of(Call call, String message) {
        return of(call, 1, message);
    }

    /// The message in the original's form, but ours.
    ///
    /// @param code what to end with
    static RefusalException of(Call call, int code, String message) {
        return original(call, code, Printable.of(message));
    }

    /// The original's own message, byte for byte.
    ///
    /// @param code what to end with
    static RefusalException original(Call call, int code, String message) {
        return new RefusalException(code, List.of(call.program() + ": " + message), List.of());
    }

    /// A value of ours that is not what it should be.
    ///
    /// @param code what to end with
    static RefusalException at(
            Call call, int code, Place place, String section, String key, String reason, String hint) {
        return of(call, code, ConfFile.sentence(new Problem(place, section, key, "", List.of(), reason, hint)));
    }
}
