// SPDX-License-Identifier: Apache-2.0
/// The device port over real devices: the contract of [io.wgj.config.device.WireGuardDeviceContract] with
/// wireguard-go ([io.wgj.it.device.UapiDeviceNamespaceTest]) and with the kernel
/// ([io.wgj.it.device.KernelDeviceKernelTest]). Start from the contract; only how a device comes to be is said
/// here. Knows no command.
@NullMarked
package io.wgj.it.device;

import org.jspecify.annotations.NullMarked;
