// SPDX-License-Identifier: Apache-2.0
/// Watches for a clock that is behind, on hosts whose WireGuard is the kernel's: peers ignore handshakes then.
/// Start from [ClockService].
@NullMarked
package io.wgj.monitor.clock;

import org.jspecify.annotations.NullMarked;
