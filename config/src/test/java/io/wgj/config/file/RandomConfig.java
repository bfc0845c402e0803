// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.Supplier;

/// Random configurations that a file of wg can hold, from a seed.
final class RandomConfig {
    private final Random random;

    RandomConfig(long seed) {
        random = new Random(seed);
    }

    WgValues next() {
        List<WgValues.Peer> peers = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            peers.add(peer());
        }
        return new WgValues(
                maybe(() -> PrivateKey.of(bytes(32))),
                maybe(this::port),
                number(random.nextBoolean() ? random.nextInt(3) : random.nextInt()),
                peers);
    }

    private WgValues.Peer peer() {
        List<AllowedIpUpdate> allowedIps = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            allowedIps.add(new AllowedIpUpdate(prefix(), random.nextInt(4) == 0));
        }
        boolean mustReplace = allowedIps.isEmpty();
        boolean mayReplace = allowedIps.isEmpty() || !allowedIps.getLast().remove();
        return new WgValues.Peer(
                PublicKey.of(bytes(32)),
                new PeerSettings<>(
                        maybeSet(() -> PresharedKey.of(bytes(32))),
                        maybeSet(this::endpoint),
                        keepalive(random.nextInt(2) * random.nextInt(65_536)),
                        mustReplace || mayReplace && random.nextBoolean(),
                        allowedIps));
    }

    private Change<Integer> keepalive(int seconds) {
        if (random.nextBoolean()) {
            return Change.keep();
        }
        return seconds == 0 ? Change.clear() : Change.set(seconds);
    }

    private <T> Change<T> maybeSet(Supplier<T> value) {
        return random.nextBoolean() ? Change.set(value.get()) : Change.keep();
    }

    private ListenPort port() {
        return random.nextInt(4) == 0
                ? new ListenPort.Service("domain")
                : new ListenPort.Numbered(random.nextInt(65_536));
    }

    private Endpoint endpoint() {
        if (random.nextInt(4) > 0) {
            return new Endpoint.Numeric(address(), random.nextInt(65_536));
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Endpoint.Named("vpn.example", "51820", "vpn.example:51820");
            case 1 -> new Endpoint.Named("fe80::1%eth0", "5", "[fe80::1%eth0]:5");
            default -> new Endpoint.Named("127.1", "domain", "127.1:domain");
        };
    }

    private IpPrefix prefix() {
        IpAddress address = address();
        return new IpPrefix(address, random.nextInt(address.bits() + 1));
    }

    private IpAddress address() {
        byte[] bytes = bytes(random.nextBoolean() ? 4 : 16);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextInt(3) == 0 ? bytes[i] : 0;
        }
        return IpAddress.of(bytes);
    }

    private OptionalInt number(int value) {
        return random.nextBoolean() ? OptionalInt.of(value) : OptionalInt.empty();
    }

    private <T> Optional<T> maybe(Supplier<T> value) {
        return random.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
