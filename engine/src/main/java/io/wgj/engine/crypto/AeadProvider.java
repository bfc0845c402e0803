// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// One library's ChaCha20-Poly1305.
public interface AeadProvider {
    /// A short lower-case word: `jdk`, `openssl`, `jce`.
    String name();

    /// A context for one thread. It lives as long as the process and has its work memory allocated.
    Aead newContext();
}
