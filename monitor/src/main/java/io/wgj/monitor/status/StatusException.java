// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

/// The status socket could not be served.
public final class StatusException extends Exception {
    private static final long serialVersionUID = 1;
    private final String sentence;
    private final boolean taken;

    /// @param sentence what failed, where, why and what to do, without a full stop
    /// @param taken whether another monitor serves this network namespace
    public StatusException(String sentence, boolean taken) {
        super(sentence);
        this.sentence = sentence;
        this.taken = taken;
    }

    /// What failed, where, why and what to do, without a full stop.
    public String sentence() {
        return sentence;
    }

    /// Whether another monitor serves this network namespace. After any other failure a monitor can do its work
    /// without the socket.
    public boolean isTaken() {
        return taken;
    }
}
