// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

/// Why a monitor could not start.
public final class MonitorFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean notPermitted;

    MonitorFailure(String sentence, boolean notPermitted) {
        super(sentence);
        this.notPermitted = notPermitted;
    }

    /// What failed, why, and what to do.
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /// Whether a privilege is missing.
    public boolean isNotPermitted() {
        return notPermitted;
    }
}
