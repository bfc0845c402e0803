// SPDX-License-Identifier: Apache-2.0
/// The handshake of the WireGuard whitepaper (section 5.4): both roles of Noise IKpsk2, the four messages'
/// layouts, the two MACs with their cookies, and timestamps. Start from [Initiator] and [Responder]; time
/// and randomness come in as arguments, secrets are zeroed when they have served. Knows no peers' table,
/// timer, socket or thread.
@NullMarked
package io.wgj.engine.noise;

import org.jspecify.annotations.NullMarked;
