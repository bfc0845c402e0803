// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

/// The wall-clock time of a peer's latest handshake as the device reports it. It is no `Instant`: a device may
/// report any number, and `wg` shows it.
///
/// @param seconds since 1970 in UTC; zero means never
/// @param nanos the rest; it only orders two handshakes in one second
public record HandshakeTime(long seconds, long nanos) {
    /// No handshake yet.
    public static final HandshakeTime NEVER = new HandshakeTime(0, 0);

    /// Whether there was no handshake; the nanoseconds do not count.
    public boolean isNever() {
        return seconds == 0;
    }
}
