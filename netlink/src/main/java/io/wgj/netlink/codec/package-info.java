// SPDX-License-Identifier: Apache-2.0
/// Encodes and decodes netlink messages and the attributes in them. Start from [NetlinkMessage], then
/// [AttributeWriter] and [AttributeReader]. Knows no socket, no family and no attribute's meaning.
@NullMarked
package io.wgj.netlink.codec;

import org.jspecify.annotations.NullMarked;
