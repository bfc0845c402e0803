// SPDX-License-Identifier: Apache-2.0
/// The commands over the kernel's own WireGuard, side by side with the original `wg`: start from
/// [io.wgj.it.kernel.Stage], then [io.wgj.it.kernel.DeviceSemanticsTest]. Most commands of ours run in this
/// process, since starting a JVM is dear on an emulated processor; [io.wgj.it.kernel.MainJobTest] uses the real
/// launchers. Knows nothing of userspace devices.
@NullMarked
package io.wgj.it.kernel;

import org.jspecify.annotations.NullMarked;
