// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Two non-blocking sockets that are connected with each other and unreachable for anything else
/// (socketpair(2)). Each datagram written to one is read from the other, whole. The queue between them is
/// short: ten datagrams unless `net.unix.max_dgram_qlen` says otherwise.
///
/// @param one a descriptor; the user of the socket closes it
/// @param other the other end's descriptor, likewise
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
