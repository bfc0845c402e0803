// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IcmpReason;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.sys.Errno;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why datagrams to one destination do not arrive: an ICMP error about them, or the refusal of this host to send
/// them.
///
/// @param destination of the datagrams
/// @param from who sent the ICMP error; null for a refusal of this host
/// @param type of the ICMP error; 0 for a refusal
/// @param code of the ICMP error; 0 for a refusal
/// @param errno of the error; it is ICMP's translated, or that of sendmsg(2)
/// @param count how often it came so far
/// @param sinceNanos when it came first, by CLOCK_BOOTTIME
/// @param lastNanos when it came last
public record NetworkError(
        Endpoint.Numeric destination,
        @Nullable IpAddress from,
        int type,
        int code,
        int errno,
        long count,
        long sinceNanos,
        long lastNanos) {
    /// Whether the network reported it.
    public boolean isIcmp() {
        return from != null;
    }

    /// `192.0.2.1 says: port unreachable, about datagrams to 192.0.2.1:51820`.
    public String sentence() {
        IpAddress sender = from;
        if (sender == null) {
            return "Sending to " + destination + " fails: " + new Errno(errno).sentence();
        }
        IpFamily family = destination.address().family();
        return sender.text() + " says: " + IcmpReason.words(family, type, code) + ", about datagrams to " + destination;
    }

    NetworkError again(long now) {
        return new NetworkError(destination, from, type, code, errno, count + 1, sinceNanos, now);
    }

    boolean isSame(NetworkError other) {
        return errno == other.errno
                && type == other.type
                && code == other.code
                && destination.equals(other.destination)
                && Objects.equals(from, other.from);
    }
}
