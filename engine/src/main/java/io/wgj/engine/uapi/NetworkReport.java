// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IcmpReason;
import io.wgj.config.net.IpAddress;
import io.wgj.netlink.sys.Errno;
import java.time.Instant;
import java.util.Optional;

/// Why an engine's datagrams to one destination did not leave, or did not arrive.
///
/// @param destination of the datagrams
/// @param peer the peer whose endpoint that is now
/// @param from who sent an ICMP error about them; empty when this host itself refused to send
/// @param icmpType of the ICMP error; 0 for a refusal
/// @param icmpCode of the ICMP error; 0 for a refusal
/// @param errno of sendmsg(2), or what the kernel makes of the ICMP error
/// @param count how often
/// @param since when it came first, by the wall clock
/// @param last when it came last
public record NetworkReport(
        Endpoint.Numeric destination,
        Optional<PublicKey> peer,
        Optional<IpAddress> from,
        int icmpType,
        int icmpCode,
        int errno,
        long count,
        Instant since,
        Instant last) {
    /// What happened: `port unreachable`, `Network is unreachable`.
    public String reason() {
        return from.isPresent()
                ? IcmpReason.words(destination.address().family(), icmpType, icmpCode)
                : new Errno(errno).sentence();
    }

    Words words() {
        Words words = new Words()
                .with("destination", destination.text())
                .with("public_key", peer)
                .with("from", from);
        if (from.isPresent()) {
            words.with("type", icmpType).with("code", icmpCode);
        }
        return words.with("errno", errno)
                .with("count", count)
                .with("since_ms", since.toEpochMilli())
                .with("last_ms", last.toEpochMilli());
    }

    static NetworkReport of(Words words) throws DeviceException {
        Optional<Endpoint.Numeric> destination = words.endpoint("destination");
        if (destination.isEmpty()) {
            throw UapiErrors.malformed("an error of the network has no destination");
        }
        return new NetworkReport(
                destination.get(),
                words.key("public_key"),
                words.address("from"),
                (int) Math.min(0xff, words.number("type")),
                (int) Math.min(0xff, words.number("code")),
                (int) Math.min(Integer.MAX_VALUE, words.number("errno")),
                words.number("count"),
                Instant.ofEpochMilli(words.number("since_ms")),
                Instant.ofEpochMilli(words.number("last_ms")));
    }
}
