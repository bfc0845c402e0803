// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.device;

/// The wall-clock time of a peer's latest handshake as the device tells it. Not an `Instant`: a device may say
/// anything, and `wg` shows what it says.
///
/// @param seconds since 1970 in UTC; zero means never
/// @param nanos the rest; only orders two handshakes of one second
public record HandshakeTime(long seconds, long nanos) {
    /// No handshake yet.
    public static final HandshakeTime NEVER = new HandshakeTime(0, 0);

    /// Whether there was none; the nanoseconds do not count.
    public boolean isNever() {
        return seconds == 0;
    }
}
