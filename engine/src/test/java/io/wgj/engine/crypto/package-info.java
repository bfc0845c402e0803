// SPDX-License-Identifier: Apache-2.0
/// The cryptography, held against published vectors, other implementations and itself. Start from
/// [X25519Test]. Knows nothing of the rest of the engine.
@NullMarked
package io.wgj.engine.crypto;

import org.jspecify.annotations.NullMarked;
