// SPDX-License-Identifier: Apache-2.0
/// What measures the engine's parts one by one (`./bench micro`). Start from [Micro], which runs every class called
/// `…Benchmark` beside the [Yardsticks]; those classes lie next to what they measure. Knows nothing of the engine, nor
/// of what is fast enough: packaging/bench/micro-table.awk does.
@NullMarked
package io.wgj.engine.bench;

import org.jspecify.annotations.NullMarked;
