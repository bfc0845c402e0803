// SPDX-License-Identifier: Apache-2.0
/// Tests of running plans: against [io.wgj.quick.run.MemorySystem], and for real in namespaces.
@NullMarked
package io.wgj.quick.run;

import org.jspecify.annotations.NullMarked;
