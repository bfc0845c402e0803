// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

/// Words that make no command.
final class MisuseException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param message a sentence without a full stop
    MisuseException(String message) {
        super(message);
    }
}
