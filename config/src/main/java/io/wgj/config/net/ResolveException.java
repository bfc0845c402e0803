// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// A name that could not be resolved. The message is the resolver's own (`Name or service not known`).
public final class ResolveException extends Exception {
    private static final long serialVersionUID = 1;
    private final String text;

    /// @param message the resolver's message
    /// @param text the name as the user wrote it
    public ResolveException(String message, String text) {
        super(message);
        this.text = text;
    }

    /// The name as the user wrote it.
    public String text() {
        return text;
    }

    /// The resolver's message.
    public String reason() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
