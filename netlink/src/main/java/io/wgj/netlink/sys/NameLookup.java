// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The system's resolver for UDP: `getaddrinfo` with all its sources (`/etc/hosts`, `/etc/services`, name
/// servers, `/etc/gai.conf`) and all forms of text it accepts.
public final class NameLookup {
    public static final int AI_PASSIVE = 0x0001;
    private static final int SOCK_DGRAM = 2;
    private static final int IPPROTO_UDP = 17;

    /// `struct addrinfo` of 64-bit Linux (netdb.h), 48 bytes:
    ///
    ///     0 s32 flags   4 s32 family   8 s32 socktype   12 s32 protocol   16 u32 addrlen   24 ptr addr
    ///     32 ptr canonname   40 ptr next
    private static final int ADDRINFO_SIZE = 48;

    /// `struct sockaddr_in`: 0 u16 family, 2 be16 port, 4 be32 addr, 16 bytes.
    private static final int SOCKADDR_IN_SIZE = 16;

    /// `struct sockaddr_in6`: 0 u16 family, 2 be16 port, 4 be32 flowinfo, 8 addr, 24 u32 scope_id, 28 bytes.
    private static final int SOCKADDR_IN6_SIZE = 28;

    private NameLookup() {}

    /// The answers in the order of preference (RFC 6724), at least one. May wait for name servers.
    ///
    /// @param host null for the wildcard (with [#AI_PASSIVE]) or loopback address
    /// @param service a decimal port or a service name; null for port 0
    /// @param flags `AI_` constants
    public static List<Endpoint.Numeric> udp(@Nullable String host, @Nullable String service, int flags)
            throws NameLookupException {
        try (NativeMemory hostText = host == null ? null : NativeMemory.ofString(host);
                NativeMemory serviceText = service == null ? null : NativeMemory.ofString(service);
                NativeMemory hints = NativeMemory.allocate(ADDRINFO_SIZE);
                NativeMemory result = NativeMemory.allocate(8)) {
            // The memory is zeroed, and family 0 is AF_UNSPEC.
            hints.bytes().putInt(0, flags).putInt(8, SOCK_DGRAM).putInt(12, IPPROTO_UDP);
            int code = (int) Libc.GETADDRINFO.raw(
                    NativeMemory.addressOf(hostText),
                    NativeMemory.addressOf(serviceText),
                    hints.address(),
                    result.address());
            if (code != 0) {
                throw failure(code);
            }
            long list = result.bytes().getLong(0);
            try {
                return answers(list);
            } finally {
                Libc.FREEADDRINFO.raw(list);
            }
        }
    }

    private static NameLookupException failure(int code) {
        // First of all: the next call overwrites errno.
        int errno = CFunction.lastError();
        return new NameLookupException(code, NativeMemory.stringAt(Libc.GAI_STRERROR.raw(code)), new Errno(errno));
    }

    private static List<Endpoint.Numeric> answers(long list) {
        List<Endpoint.Numeric> found = new ArrayList<>();
        long at = list;
        while (at != 0) {
            ByteBuffer info = NativeMemory.view(at, ADDRINFO_SIZE);
            long address = info.getLong(24);
            int length = info.getInt(16);
            if (address != 0 && info.getInt(4) == IpFamily.V4.number() && length >= SOCKADDR_IN_SIZE) {
                ByteBuffer in = NativeMemory.view(address, length).order(ByteOrder.BIG_ENDIAN);
                found.add(new Endpoint.Numeric(IpAddress.ofV4(in.getInt(4)), in.getShort(2) & 0xffff));
            } else if (address != 0 && info.getInt(4) == IpFamily.V6.number() && length >= SOCKADDR_IN6_SIZE) {
                ByteBuffer in6 = NativeMemory.view(address, length).order(ByteOrder.BIG_ENDIAN);
                int scopeId = in6.order(ByteOrder.nativeOrder()).getInt(24);
                in6.order(ByteOrder.BIG_ENDIAN);
                IpAddress v6 = IpAddress.ofV6(in6.getLong(8), in6.getLong(16));
                found.add(new Endpoint.Numeric(v6, in6.getShort(2) & 0xffff, scopeId));
            }
            at = info.getLong(40);
        }
        return found;
    }
}
