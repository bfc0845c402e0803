// SPDX-License-Identifier: Apache-2.0
/// The monitor beside real devices, over links that are cut and restored. Start from [MonitorTest].
@NullMarked
package io.wgj.it.monitor;

import org.jspecify.annotations.NullMarked;
