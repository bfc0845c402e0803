// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import java.util.Optional;
import java.util.OptionalInt;

/// The result of `ip route get` for an address.
///
/// @param device the output link; empty when there is no route
/// @param mtu of the route or of the path, unlocked; empty when that of the link applies
/// @param refusal the kernel's words when there is no route, else empty
public record RouteLookup(Optional<String> device, OptionalInt mtu, String refusal) {}
