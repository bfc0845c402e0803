// SPDX-License-Identifier: Apache-2.0
/// Whole engines, threads included, over a TUN and a network in memory. Start from [EngineTest].
@NullMarked
package io.wgj.engine;

import org.jspecify.annotations.NullMarked;
