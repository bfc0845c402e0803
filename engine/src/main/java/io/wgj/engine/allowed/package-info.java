// SPDX-License-Identifier: Apache-2.0
/// Which peer an address belongs to (whitepaper section 2, cryptokey routing). Start from
/// [AllowedIpsTable], where prefixes are put and taken away, and which makes the immutable [AllowedIps]
/// that packets are looked up in. Knows nothing of what a peer is, nor of addresses' text.
@NullMarked
package io.wgj.engine.allowed;

import org.jspecify.annotations.NullMarked;
