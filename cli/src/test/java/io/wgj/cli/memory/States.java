// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// The device states of the black-box cases.
public final class States {
    public static final String PRIV = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    public static final String PUB = "HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=";
    public static final String K1 = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";
    public static final String PUB_OF_K1 = "+Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=";
    public static final String K2 = "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=";
    /// PRIV's bytes as a public key.
    public static final String K3 = PRIV;

    private States() {}

    /// A device with nothing.
    public static DeviceState empty(String name) {
        return new DeviceState(new DeviceName(name), Optional.empty(), Optional.empty(), 0, 0, List.of());
    }

    /// The device `full` of group J.
    public static DeviceState full(String name, long now) {
        PrivateKey key = PrivateKey.parseBase64(K1).orElseThrow();
        return new DeviceState(
                new DeviceName(name),
                Optional.of(key),
                Optional.of(key.publicKey()),
                51820,
                51820,
                List.of(
                        new PeerState(PublicKey.parseBase64(K1).orElseThrow())
                                .withPresharedKey(PresharedKey.parseBase64(K2).orElseThrow())
                                .withEndpoint(new Endpoint.Numeric(IpAddress.ofV4(0xc0000201), 51820))
                                .withAllowedIps(List.of(prefix("10.0.0.0", 8), prefix("fd00::", 64)))
                                .withLatestHandshake(new HandshakeTime(now - 65, 0))
                                .withTraffic(1152, 1048575)
                                .withPersistentKeepalive(25),
                        bare(K2),
                        new PeerState(PublicKey.parseBase64(K3).orElseThrow())
                                .withEndpoint(new Endpoint.Numeric(address("fe80::1"), 5, 1))
                                .withLatestHandshake(new HandshakeTime(now - 60, 0))
                                .withTraffic(0, 148)));
    }

    /// A peer with nothing but its key.
    public static PeerState bare(String key) {
        return withTraffic(key, HandshakeTime.NEVER, 0, 0);
    }

    public static PeerState withTraffic(String key, HandshakeTime handshake, long rx, int keepalive) {
        return new PeerState(PublicKey.parseBase64(key).orElseThrow())
                .withLatestHandshake(handshake)
                .withTraffic(rx, 0)
                .withPersistentKeepalive(keepalive);
    }

    public static DeviceState withPeers(String name, PeerState... peers) {
        return new DeviceState(new DeviceName(name), Optional.empty(), Optional.empty(), 0, 0, List.of(peers));
    }

    private static IpPrefix prefix(String text, int length) {
        return new IpPrefix(address(text), length);
    }

    private static IpAddress address(String text) {
        return IpAddress.parse(text).orElseThrow();
    }
}
