// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// The keys of the recordings, and devices large enough to need several messages.
final class Samples {
    static final PublicKey K1 = PublicKey.parseBase64("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=")
            .orElseThrow();
    static final PublicKey K2 = PublicKey.parseBase64("TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=")
            .orElseThrow();
    static final PrivateKey K2_AS_PRIVATE = PrivateKey.of(K2.toBytes());
    static final PresharedKey K2_AS_PRESHARED = PresharedKey.of(K2.toBytes());

    private Samples() {}

    /// A key of 32 equal bytes.
    static PublicKey keyOf(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return PublicKey.of(bytes);
    }

    /// A key for each number.
    static PublicKey keyNumber(int number) {
        byte[] bytes = new byte[32];
        new Random(number).nextBytes(bytes);
        ByteBuffer.wrap(bytes).putInt(number);
        return PublicKey.of(bytes);
    }

    static IpPrefix prefix(String address, int length) {
        return new IpPrefix(IpAddress.parse(address).orElseThrow(), length);
    }

    static PeerUpdate.Put put(PublicKey key, boolean replace, List<IpPrefix> allowedIps) {
        return new PeerUpdate.Put(
                key,
                PeerSettings.NONE.withAllowedIps(
                        replace, allowedIps.stream().map(AllowedIpUpdate::add).toList()));
    }

    /// The update that `setconf` sends for a file: everything that the file does not mention is erased.
    static DeviceUpdate replacing(List<PeerUpdate> peers) {
        return new DeviceUpdate(Change.clear(), Change.clear(), Change.clear(), true, peers);
    }

    /// `count` different prefixes, IPv4 and IPv6 in turn, different for each `peer`.
    static List<IpPrefix> mixed(int peer, int count) {
        List<IpPrefix> prefixes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int number = i / 2;
            if (i % 2 == 0) {
                int bits = 10 << 24 | peer << 8 | number;
                prefixes.add(new IpPrefix(IpAddress.ofV4(bits), 32));
            } else {
                long high = 0xfd00_0000_0000_0000L | peer;
                prefixes.add(new IpPrefix(IpAddress.ofV6(high, (long) number << 32), 96));
            }
        }
        return prefixes;
    }

    /// `count` IPv4 addresses in a row.
    static List<IpPrefix> addresses(int count) {
        List<IpPrefix> prefixes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            prefixes.add(new IpPrefix(IpAddress.ofV4((10 << 24) + i), 32));
        }
        return prefixes;
    }
}
