// SPDX-License-Identifier: Apache-2.0
/// Tests of the handshake. Start from [HandshakeVectorsTest]: one whole handshake, byte for byte, as two
/// other engines accepted it. Knows no timers.
@NullMarked
package io.wgj.engine.noise;

import org.jspecify.annotations.NullMarked;
