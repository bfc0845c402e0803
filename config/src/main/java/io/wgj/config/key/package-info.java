// SPDX-License-Identifier: Apache-2.0
/// The three kinds of 32-byte keys and their text. Start from [PublicKey]; [PrivateKey] derives it. The package
/// knows nothing of files or devices, takes randomness from its callers, and never prints a secret.
@NullMarked
package io.wgj.config.key;

import org.jspecify.annotations.NullMarked;
