// SPDX-License-Identifier: Apache-2.0
/// The three kinds of 32-byte keys and their text. Start from [PublicKey]; [PrivateKey] derives it. Knows nothing of
/// files or devices, draws no randomness (it is handed in), and never prints a secret.
@NullMarked
package io.wgj.config.key;

import org.jspecify.annotations.NullMarked;
