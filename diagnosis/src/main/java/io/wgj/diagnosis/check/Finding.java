// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Place;
import java.util.List;

/// One problem or trap at one place of a file.
///
/// @param message what is wrong here, a sentence without a full stop; never a secret
/// @param remedy what to do, a sentence without a full stop; empty when the message says it
/// @param lines corrected lines, ready to paste; empty when there are none
public record Finding(CheckCode code, Place place, String message, String remedy, List<String> lines) {
    /// Copies `lines`.
    public Finding {
        lines = List.copyOf(lines);
    }

    /// `wg0.conf:7:14: warning W012: what is wrong`.
    public String headline() {
        return place + ": " + code.severity() + " " + code.text() + ": " + message;
    }
}
