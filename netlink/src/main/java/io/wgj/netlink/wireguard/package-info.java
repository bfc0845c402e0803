// SPDX-License-Identifier: Apache-2.0
/// WireGuard devices in the kernel, over the generic netlink family `wireguard`. Start from [KernelDevice];
/// [DeviceUpdateEncoder] makes its requests and [DeviceStateDecoder] reads its replies. It knows neither files nor
/// UAPI sockets, and creates no links.
@NullMarked
package io.wgj.netlink.wireguard;

import org.jspecify.annotations.NullMarked;
