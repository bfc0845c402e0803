// SPDX-License-Identifier: Apache-2.0
/// Generic netlink: families by name, commands to them. Start from [GenericNetlink]. Knows no family but the
/// controller that lists the others.
@NullMarked
package io.wgj.netlink.generic;

import org.jspecify.annotations.NullMarked;
