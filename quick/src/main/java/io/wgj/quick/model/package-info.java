// SPDX-License-Identifier: Apache-2.0
/// The values that `wgj-quick` works with: a [Tunnel], the host's state as a [SystemSnapshot], and a [Plan]
/// of reversible [Step]s. Start with [Step]. Knows the records of route netlink but no connection, and does
/// nothing.
@NullMarked
package io.wgj.quick.model;

import org.jspecify.annotations.NullMarked;
