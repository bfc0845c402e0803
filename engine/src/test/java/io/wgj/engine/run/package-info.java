// SPDX-License-Identifier: Apache-2.0
/// Tests of the engine's process, with an engine that moves nothing ([IdleEngine]).
@NullMarked
package io.wgj.engine.run;

import org.jspecify.annotations.NullMarked;
