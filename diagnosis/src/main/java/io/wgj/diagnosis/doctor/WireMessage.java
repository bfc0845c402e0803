// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

/// A message of WireGuard between this host and the endpoint, as it passes the outer device.
public enum WireMessage {
    INITIATION_OUT,
    RESPONSE_OUT,
    COOKIE_OUT,
    DATA_OUT,
    INITIATION_IN,
    RESPONSE_IN,
    COOKIE_IN,
    DATA_IN;

    private static final int DIRECTION = 4;

    /// The message of a type.
    ///
    /// @param type 1 to 4: initiation, response, cookie reply, data
    /// @param out whether it leaves this host
    public static WireMessage of(int type, boolean out) {
        return values()[type - 1 + (out ? 0 : DIRECTION)];
    }
}
