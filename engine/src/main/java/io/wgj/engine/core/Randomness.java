// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

/// Random numbers fit for keys.
public interface Randomness {
    /// Fills all of `bytes`.
    void fill(byte[] bytes);
}
