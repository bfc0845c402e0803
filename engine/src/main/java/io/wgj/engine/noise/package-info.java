// SPDX-License-Identifier: Apache-2.0
/// The handshake of the WireGuard whitepaper (section 5.4): both roles of Noise IKpsk2, the layout of the
/// four messages, the two MACs with their cookies, and timestamps. Start from [Initiator] and [Responder].
/// Time and randomness are arguments, and secrets are zeroed after use. Knows no peer table, timer, socket or
/// thread.
@NullMarked
package io.wgj.engine.noise;

import org.jspecify.annotations.NullMarked;
