// SPDX-License-Identifier: Apache-2.0
/// What every implementation of the device port must do ([WireGuardDeviceContract], the type to start from), and
/// the one that other modules' tests use in place of a kernel ([FakeDevice]).
@NullMarked
package io.wgj.config.device;

import org.jspecify.annotations.NullMarked;
