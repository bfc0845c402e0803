// SPDX-License-Identifier: Apache-2.0
/// What wgj's own engine reports beside its counters: handshakes, endpoints that move, silence. Start from
/// [EngineEventService], which reads the stream of events of each engine and passes them to the monitor. Other
/// devices have no such stream, and the monitor does without.
@NullMarked
package io.wgj.monitor.engine;

import org.jspecify.annotations.NullMarked;
