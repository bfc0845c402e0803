// SPDX-License-Identifier: Apache-2.0
/// Tests of runs: on [io.wgj.quick.run.MemorySystem], and with real tunnels in namespaces.
@NullMarked
package io.wgj.quick.run;

import org.jspecify.annotations.NullMarked;
