// SPDX-License-Identifier: Apache-2.0
/// Exchanges with the kernel over a netlink socket: requests, acknowledgements, dumps, transactions. Start
/// from [NetlinkConnection]; tests replace [NetlinkSocket]. Knows no family.
@NullMarked
package io.wgj.netlink.transport;

import org.jspecify.annotations.NullMarked;
