// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.netlink.route.FibRoute;
import java.util.Optional;
import java.util.OptionalInt;

/// What the kernel itself answers to a question.
///
/// @param error the error number; empty when there is a way
/// @param way the route for the packet alone, with its source address
/// @param matched the route of the table that decided; empty when none did
public record KernelAnswer(OptionalInt error, Optional<FibRoute> way, Optional<FibRoute> matched) {}
