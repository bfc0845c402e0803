// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import java.util.Optional;
import java.util.OptionalInt;

/// What `ip route get` says of an address.
///
/// @param device the output link; empty when there is no way
/// @param mtu of the route or of the path, unlocked; empty when the link's counts
/// @param refusal the kernel's words when there is no way, else empty
public record RouteLookup(Optional<String> device, OptionalInt mtu, String refusal) {}
