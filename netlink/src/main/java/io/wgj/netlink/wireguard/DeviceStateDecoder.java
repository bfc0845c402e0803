// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import static io.wgj.netlink.wireguard.WireGuardFamily.*;

import io.wgj.config.device.DeviceState;
import io.wgj.config.device.PeerState;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.netlink.codec.AttributeReader;
import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.generic.GenericNetlink;
import io.wgj.netlink.transport.MessageHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Decodes the messages of one `WG_CMD_GET_DEVICE` dump into a device's state.
///
/// The kernel starts a new message wherever one is full. A peer whose allowed IPs do not fit continues in the next
/// message under the same key. While that is the first peer, the kernel repeats the device's own attributes. So
/// device attributes may come at any time, and adjacent entries with one key are one peer.
///
/// Unknown attributes are ignored, as are attributes of a length that this version of the family does not have.
final class DeviceStateDecoder implements MessageHandler {
    private static final String MESSAGE = "WireGuard device";

    private @Nullable PrivateKey privateKey;
    private @Nullable PublicKey publicKey;
    private int listenPort;
    private int fwmark;
    private final List<PeerDecoder> peers = new ArrayList<>();

    @Override
    public void accept(NetlinkMessage message) throws MalformedMessageException {
        AttributeReader device = AttributeReader.inNativeOrder(message.payload(), GenericNetlink.HEADER_SIZE, MESSAGE);
        while (device.next()) {
            switch (device.type()) {
                case WGDEVICE_A_PRIVATE_KEY -> {
                    if (device.length() == WG_KEY_LEN) {
                        privateKey = PrivateKey.of(device.bytes());
                    }
                }
                case WGDEVICE_A_PUBLIC_KEY -> {
                    if (device.length() == WG_KEY_LEN) {
                        publicKey = PublicKey.of(device.bytes());
                    }
                }
                case WGDEVICE_A_LISTEN_PORT -> listenPort = device.length() == 2 ? device.u16() : listenPort;
                case WGDEVICE_A_FWMARK -> fwmark = device.length() == 4 ? device.u32() : fwmark;
                case WGDEVICE_A_PEERS -> decodePeers(device);
                default -> {}
            }
        }
    }

    /// The state that all messages together describe.
    DeviceState state(DeviceName name) {
        List<PeerState> states = new ArrayList<>(peers.size());
        for (PeerDecoder peer : peers) {
            states.add(peer.state());
        }
        return new DeviceState(
                name, Optional.ofNullable(privateKey), Optional.ofNullable(publicKey), listenPort, fwmark, states);
    }

    private void decodePeers(AttributeReader list) throws MalformedMessageException {
        list.enter();
        while (list.next()) {
            PeerDecoder peer = PeerDecoder.decode(list);
            if (!peers.isEmpty() && peers.getLast().isSamePeer(peer)) {
                peers.getLast().append(peer);
            } else {
                peers.add(peer);
            }
        }
        list.leave();
    }
}
