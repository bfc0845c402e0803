// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A device could not be read or changed. It carries a `Reason` to act on, the errno that scripts know, and the
/// kernel's own sentence if there is one.
public final class DeviceException extends Exception {
    private static final long serialVersionUID = 1;

    /// What a caller can act on.
    public enum Reason {
        /// No such device.
        NOT_FOUND,
        /// The caller lacks a capability, or access to a socket.
        NOT_PERMITTED,
        /// The interface exists and is known not to be a WireGuard interface.
        NOT_WIREGUARD,
        /// The device is no WireGuard device, or the kernel has no WireGuard, or lacks the requested feature.
        NOT_SUPPORTED,
        /// A port or another resource is in use.
        BUSY,
        /// The request was refused as malformed.
        INVALID,
        /// The device gave a malformed answer, or the connection failed.
        IO
    }

    private final Reason reason;
    private final int errno;
    private final @Nullable String detail;

    /// @param errno the Linux error number; negative when a UAPI server sent a number with the wrong sign
    /// @param detail the kernel's extended-ack text, or the place of the failure; never a secret
    public DeviceException(Reason reason, int errno, @Nullable String detail) {
        super(reason + " (errno " + errno + ")" + (detail == null ? "" : ": " + detail));
        this.reason = reason;
        this.errno = errno;
        this.detail = detail;
    }

    /// The same with its cause.
    public DeviceException(Reason reason, int errno, @Nullable String detail, Throwable cause) {
        this(reason, errno, detail);
        initCause(cause);
    }

    /// What a caller can act on.
    public Reason reason() {
        return reason;
    }

    /// The Linux error number.
    public int errno() {
        return errno;
    }

    /// What the number does not say: the kernel's own sentence, or what is wrong with the reply.
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }
}
