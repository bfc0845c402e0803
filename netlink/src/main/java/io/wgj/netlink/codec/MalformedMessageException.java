// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.codec;

/// Bytes that are no netlink message, or not the message that their header says. The text names the message,
/// the attribute and the fault.
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1;

    public MalformedMessageException(String message) {
        super(message);
    }
}
