// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import java.nio.ByteBuffer;

/// One message of several that are sent together.
///
/// @param operation what is wanted, for error messages
/// @param flags besides `REQUEST` and `ACK`
/// @param payload its remaining bytes are sent
public record Request(String operation, int type, int flags, ByteBuffer payload) {}
