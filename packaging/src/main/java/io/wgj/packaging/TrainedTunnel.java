// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.uapi.UapiDevice;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import java.util.List;

/// Two engines in one namespace, driven through their sockets as a user would: configured as each other's peer,
/// switched on and read.
final class TrainedTunnel {
    private static final int MARK = 7;
    private static final int KEEPALIVE = 25;
    private static final int FIRST_PORT = 51820;
    private static final int LOOK_MILLIS = 5;
    private static final int MOST_LOOKS = 2_000;

    private final UapiSockets sockets;
    private final DeviceName[] names;
    private final PrivateKey[] keys;

    /// @param sockets the folder in which the sockets will appear
    TrainedTunnel(UapiSockets sockets, DeviceName one, DeviceName other) {
        this.sockets = sockets;
        this.names = new DeviceName[] {one, other};
        this.keys = new PrivateKey[] {key(1), key(2)};
    }

    private static PrivateKey key(int fill) {
        byte[] random = new byte[32];
        random[1] = (byte) fill;
        return PrivateKey.fromRandom(random);
    }

    /// Where the side listens.
    static Endpoint.Numeric endpoint(int side) {
        return new Endpoint.Numeric(IpAddress.ofV4(127 << 24 | 1), FIRST_PORT + side);
    }

    static IpPrefix everything() {
        return new IpPrefix(IpAddress.ofV4(0), 0);
    }

    /// Waits for the sockets, and makes each side the other's peer.
    void configure() throws DeviceException, InterruptedException {
        for (int side = 0; side < names.length; side++) {
            configure(side);
        }
    }

    /// Does the same for one side alone.
    void configure(int side) throws DeviceException, InterruptedException {
        for (int looks = 0; !sockets.exists(names[side]); looks++) {
            pause(looks, "no socket");
        }
        PeerSettings<Endpoint.Numeric> settings = PeerSettings.NONE
                .withPresharedKey(Change.clear())
                .withEndpoint(endpoint(1 - side))
                // The keepalive makes the first handshake.
                .withPersistentKeepalive(KEEPALIVE)
                .withOnlyAllowedIps(List.of(everything()));
        PeerUpdate other = new PeerUpdate.Put(keys[1 - side].publicKey(), settings);
        PeerUpdate absent = new PeerUpdate.Remove(keys[side].publicKey());
        UapiDevice device = sockets.open(names[side]);
        device.apply(new DeviceUpdate(
                Change.set(keys[side]),
                Change.set(endpoint(side).port()),
                Change.set(MARK),
                true,
                List.of(absent, other)));
        device.read();
        device.stats();
    }

    /// Switches both links on, and waits for a handshake of each side.
    void shakeHands() throws NetlinkException, DeviceException, InterruptedException {
        try (RouteNetlink links = RouteNetlink.open()) {
            links.setUp(links.link("lo").orElseThrow().index());
            for (DeviceName name : names) {
                links.setUp(links.link(name.text()).orElseThrow().index());
            }
        }
        for (DeviceName name : names) {
            for (int looks = 0; !isMet(sockets.open(name).read()); looks++) {
                pause(looks, "no handshake");
            }
            sockets.open(name).stats();
        }
    }

    private static boolean isMet(DeviceState state) {
        return !state.peers().getFirst().latestHandshake().isNever();
    }

    private static void pause(int looks, String what) throws InterruptedException {
        if (looks == MOST_LOOKS) {
            throw new IllegalStateException(what);
        }
        Thread.sleep(LOOK_MILLIS);
    }
}
