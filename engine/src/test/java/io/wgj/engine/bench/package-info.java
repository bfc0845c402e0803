// SPDX-License-Identifier: Apache-2.0
/// Measures the engine's parts one by one (`./bench micro`). Start from [Micro], which runs every class
/// called `…Benchmark` beside the [Yardsticks]; those classes lie next to what they measure. The limits are
/// in packaging/bench/micro-table.awk, not here.
@NullMarked
package io.wgj.engine.bench;

import org.jspecify.annotations.NullMarked;
