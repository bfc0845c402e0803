// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import java.nio.ByteBuffer;

/// One of several messages that are sent together.
///
/// @param operation what it does, for error messages
/// @param flags in addition to `REQUEST` and `ACK`
/// @param payload its remaining bytes are sent
public record Request(String operation, int type, int flags, ByteBuffer payload) {}
