// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.net.InterfaceName;

/// Why there is no plan: nothing has been done.
public final class PlanException extends Exception {
    private static final int NO_INTERFACE = 5;

    private static final long serialVersionUID = 1;

    private final int exitCode;

    /// @param exitCode what wg-quick would have ended with
    /// @param message what is wrong, without a program's name before it
    public PlanException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /// What to end with.
    public int exitCode() {
        return exitCode;
    }

    /// There is no WireGuard interface of that name, for a command of ours, whose exit code for that is 5.
    public static PlanException noInterface(InterfaceName link) {
        return new PlanException(NO_INTERFACE, "`" + link + "' is not a WireGuard interface");
    }
}
