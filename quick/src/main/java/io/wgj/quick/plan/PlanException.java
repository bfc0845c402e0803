// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.InterfaceName;

/// A plan is not possible. Nothing has been done.
public final class PlanException extends Exception {
    private static final int NO_INTERFACE = 5;

    private static final long serialVersionUID = 1;

    private final int exitCode;

    /// @param exitCode wg-quick's exit code
    /// @param message what is wrong, without a program's name before it
    public PlanException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// The exit code of the process.
    public int exitCode() {
        return exitCode;
    }

    /// No WireGuard interface has this name, with the exit code of our own commands.
    public static PlanException noInterface(InterfaceName link) {
        return new PlanException(NO_INTERFACE, "`" + link + "' is not a WireGuard interface");
    }
}
