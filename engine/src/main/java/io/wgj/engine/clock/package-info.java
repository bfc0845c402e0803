// SPDX-License-Identifier: Apache-2.0
/// Keeps handshakes working on a host whose clock goes back, by remembering times in `/var/lib/wgj`. Start from
/// [SentTimes], the engine's guard; [KnownTimes] has the files, and [ClockCheck] says when the clock is behind
/// them.
@NullMarked
package io.wgj.engine.clock;

import org.jspecify.annotations.NullMarked;
