// SPDX-License-Identifier: Apache-2.0
/// Explains in words which way a packet goes and how its answers come in. The package answers from a
/// `HostSnapshot` alone.
@NullMarked
package io.wgj.diagnosis.explain;

import org.jspecify.annotations.NullMarked;
