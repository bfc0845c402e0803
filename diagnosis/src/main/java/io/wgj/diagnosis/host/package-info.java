// SPDX-License-Identifier: Apache-2.0
/// Reads the state of this host that a diagnosis needs, over netlink and from /proc. The package does not judge
/// what it reads.
@NullMarked
package io.wgj.diagnosis.host;

import org.jspecify.annotations.NullMarked;
