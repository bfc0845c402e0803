// SPDX-License-Identifier: Apache-2.0
/// The engine as a process: how it starts in the foreground or as a daemon, its privileges, its environment,
/// what ends it, and its clean-up. Start from [EngineProcess]. The data path is behind [EngineFactory] and
/// [EngineHandle]; this package knows neither packets nor keys.
@NullMarked
package io.wgj.engine.run;

import org.jspecify.annotations.NullMarked;
