// SPDX-License-Identifier: Apache-2.0
/// A machine in memory, for running commands without one: start from [MemoryHost].
@NullMarked
package io.wgj.cli.memory;

import org.jspecify.annotations.NullMarked;
