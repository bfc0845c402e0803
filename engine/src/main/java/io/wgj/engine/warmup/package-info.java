// SPDX-License-Identifier: Apache-2.0
/// Made-up traffic that lets the JVM compile the data path before the first real packet comes. Start from
/// [Warmup], which runs it, and [WarmupGate], which decides when. The traffic never leaves this process: it
/// travels over socket pairs and the loopback device.
@NullMarked
package io.wgj.engine.warmup;

import org.jspecify.annotations.NullMarked;
