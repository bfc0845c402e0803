// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

/// The two primitives that come from libraries, as chosen for this process.
public final class Primitives {
    private final AeadProvider aead;
    private final X25519 x25519;
    private final String reason;

    private Primitives(AeadProvider aead, X25519 x25519, String reason) {
        this.aead = aead;
        this.x25519 = x25519;
        this.reason = reason;
    }

    /// These, without asking.
    public static Primitives of(AeadProvider aead, X25519 x25519) {
        return new Primitives(aead, x25519, "the caller chose " + aead.name() + " and " + x25519.name());
    }

    /// What every JDK can do, for tests and tools: the JCA's ChaCha20-Poly1305 and Bouncy Castle's X25519.
    public static Primitives portable() {
        return of(JceAead.PROVIDER, new BouncyCastleX25519());
    }

    public AeadProvider aead() {
        return aead;
    }

    public X25519 x25519() {
        return x25519;
    }

    /// One sentence for the log: what was chosen, and why.
    public String reason() {
        return reason;
    }
}
