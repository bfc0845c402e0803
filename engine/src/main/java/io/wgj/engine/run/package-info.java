// SPDX-License-Identifier: Apache-2.0
/// The engine as a process: how it starts, in the foreground or as a daemon, with which rights, what it takes
/// over from its environment, what ends it, and that it leaves nothing behind. Start from [EngineProcess].
/// What moves the packets is behind [EngineFactory] and [EngineHandle]; this package knows neither packets
/// nor keys.
@NullMarked
package io.wgj.engine.run;

import org.jspecify.annotations.NullMarked;
