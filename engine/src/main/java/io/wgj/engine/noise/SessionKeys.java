// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.AeadKey;

/// What a handshake is for. Whoever takes the keys destroys them.
///
/// @param send seals what this side sends
/// @param receive opens what this side receives
public record SessionKeys(AeadKey send, AeadKey receive) {}
