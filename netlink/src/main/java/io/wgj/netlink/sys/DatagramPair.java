// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Two sockets that nobody else can reach, non-blocking and connected with each other (socketpair(2)): each datagram
/// written to the one is read from the other, whole. Few fit between them, ten unless the administrator chose otherwise
/// (`net.unix.max_dgram_qlen`).
///
/// @param one a descriptor, its receiver's to close
/// @param other likewise
public record DatagramPair(int one, int other) {
    private static final int SOCK_DGRAM = 2;
    /// `SOCK_NONBLOCK` and `SOCK_CLOEXEC`
    private static final int FLAGS = 0x80800;

    public static DatagramPair open() throws SystemException {
        try (NativeMemory pair = NativeMemory.allocate(8)) {
            Libc.SOCKETPAIR.call(NativeSocket.AF_UNIX, SOCK_DGRAM | FLAGS, 0, pair.address());
            return new DatagramPair(pair.bytes().getInt(0), pair.bytes().getInt(4));
        }
    }
}
