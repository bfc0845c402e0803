// SPDX-License-Identifier: Apache-2.0
/// Tests of the TUN and the sockets, and the in-memory ones that other packages' tests use. Start from
/// [MemoryTransportsTest].
@NullMarked
package io.wgj.engine.io;

import org.jspecify.annotations.NullMarked;
