// SPDX-License-Identifier: Apache-2.0
/// Generic netlink: finds families by name and builds the header of their commands. Start from
/// [GenericNetlink]. Knows no family except the controller that lists the others.
@NullMarked
package io.wgj.netlink.generic;

import org.jspecify.annotations.NullMarked;
