// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.codec;

/// Bytes that are no netlink message, or not the one they claim to be. The message says which attribute of what was
/// wrong.
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedMessageException(String message) {
        super(message);
    }
}
