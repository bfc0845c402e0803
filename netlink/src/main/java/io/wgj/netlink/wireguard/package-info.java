// SPDX-License-Identifier: Apache-2.0
/// WireGuard devices in the kernel, over the generic netlink family `wireguard`. Start from [KernelDevice]; what it
/// sends and gets is [DeviceUpdateEncoder]'s and [DeviceStateDecoder]'s. Knows neither files nor UAPI sockets,
/// and creates no links.
@NullMarked
package io.wgj.netlink.wireguard;

import org.jspecify.annotations.NullMarked;
