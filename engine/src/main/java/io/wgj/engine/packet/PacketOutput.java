// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.packet;

/// Takes packets for the TUN, each with its virtio-net header in front when the TUN has one.
///
/// @param <X> thrown when nothing more can be written at all
@FunctionalInterface
public interface PacketOutput<X extends Exception> {
    /// Writes one packet. The bytes may change as soon as it returns.
    ///
    /// @param length of header and packet
    /// @return false when this packet's form was refused (`EINVAL`); true also when it was dropped for
    ///     another reason, such as a full queue or a link that is down
    boolean write(byte[] from, int offset, int length) throws X;
}
