// SPDX-License-Identifier: Apache-2.0
/// The cryptography that WireGuard stands on: ChaCha20-Poly1305 from whichever library is fastest here,
/// X25519, BLAKE2s and the key derivation over it. Start from [Primitives], which chooses among the
/// libraries, and [Aead], what the packet path calls. Knows nothing of messages, peers or handshakes.
@NullMarked
package io.wgj.engine.crypto;

import org.jspecify.annotations.NullMarked;
