// SPDX-License-Identifier: Apache-2.0
/// What a WireGuard device is ([DeviceState]), what to change about it ([DeviceUpdate]), and the port every
/// command talks to ([WireGuardDevice], the type to start from). Knows no kernel and no socket.
@NullMarked
package io.wgj.config.device;

import org.jspecify.annotations.NullMarked;
