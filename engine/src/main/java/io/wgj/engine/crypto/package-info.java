// SPDX-License-Identifier: Apache-2.0
/// The cryptography of WireGuard: ChaCha20-Poly1305 from the library that is fastest on this machine, X25519,
/// BLAKE2s and the key derivation. Start from [Primitives], which chooses among the libraries, and [Aead],
/// which the packet path calls. Knows nothing of messages, peers or handshakes.
@NullMarked
package io.wgj.engine.crypto;

import org.jspecify.annotations.NullMarked;
