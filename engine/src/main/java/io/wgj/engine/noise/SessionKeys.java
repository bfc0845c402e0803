// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import io.wgj.engine.crypto.AeadKey;

/// The two keys that a handshake produces. The caller that takes them destroys them.
///
/// @param send seals what this side sends
/// @param receive opens what this side receives
public record SessionKeys(AeadKey send, AeadKey receive) {}
