// SPDX-License-Identifier: Apache-2.0
/// What suites need to drive the built commands as a user does: start with [io.wgj.it.Command], which runs a
/// program and says what it [io.wgj.it.Ran], and [io.wgj.it.NetNamespace], where it may change things.
/// [io.wgj.it.Product] and [io.wgj.it.Reference] know where our commands and the original ones lie. Nothing here
/// knows the product's classes.
///
/// Tests without a tag need no privilege. Those tagged `namespace` need root and a Linux host, those tagged
/// `kernel` a kernel with the WireGuard module; `./verify` gives them both, so a plain build leaves them out.
@NullMarked
package io.wgj.it;

import org.jspecify.annotations.NullMarked;
