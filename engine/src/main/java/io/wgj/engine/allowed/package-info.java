// SPDX-License-Identifier: Apache-2.0
/// Finds the peer of an address (whitepaper section 2, cryptokey routing). Start from [AllowedIpsTable],
/// which holds the configured prefixes and makes the immutable [AllowedIps] in which packets are looked up.
/// Knows nothing of peers or of the text of addresses.
@NullMarked
package io.wgj.engine.allowed;

import org.jspecify.annotations.NullMarked;
