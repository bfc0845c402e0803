// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.model;

import io.wgj.config.key.PublicKey;

/// Names a peer of an interface for as long as the interface lives.
///
/// @param index of the interface's link
public record PeerId(int index, PublicKey key) {}
