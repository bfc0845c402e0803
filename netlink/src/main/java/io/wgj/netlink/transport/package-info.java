// SPDX-License-Identifier: Apache-2.0
/// Conversations with the kernel over a netlink socket: requests, acknowledgements, dumps. Start from
/// [NetlinkConnection]; [NetlinkSocket] is the seam that tests replace. Knows no family.
@NullMarked
package io.wgj.netlink.transport;

import org.jspecify.annotations.NullMarked;
