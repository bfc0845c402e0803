// SPDX-License-Identifier: Apache-2.0
/// `wgj engine`: from its words to the engine's process, and what a running engine counts. Start from
/// [EngineCommand]. How the process lives is `io.wgj.engine.run`'s business; how it comes to the background
/// the launcher's.
@NullMarked
package io.wgj.cli.engine;

import org.jspecify.annotations.NullMarked;
