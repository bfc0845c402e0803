// SPDX-License-Identifier: Apache-2.0
/// Whole engines, threads and all, between doors in memory. Start from [EngineTest].
@NullMarked
package io.wgj.engine.path;

import org.jspecify.annotations.NullMarked;
