// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.wireguard;

import static io.wgj.netlink.wireguard.WireGuardFamily.*;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpPrefix;
import io.wgj.netlink.codec.AttributeWriter;
import io.wgj.netlink.codec.NetlinkMessage;
import io.wgj.netlink.generic.GenericNetlink;
import java.util.List;

/// Encodes an update as a series of `WG_CMD_SET_DEVICE` messages, none longer than a limit.
///
/// The first message alone carries the device's attributes. "Replace all peers" in a second message would remove
/// the peers of the first. For the same reason a peer that continues in the next message has only its key and the
/// rest of its allowed IPs there, without the flag to replace them.
final class DeviceUpdateEncoder {
    /// Room for the attributes of the device and of one peer, so that every message makes progress.
    static final int LEAST_LIMIT = 512;

    /// A nest's length has 16 bits, and the list of peers is one nest.
    static final int GREATEST_LIMIT = 0xffff;

    private static final PrivateKey NO_PRIVATE_KEY = PrivateKey.of(new byte[WG_KEY_LEN]);
    private static final PresharedKey NO_PRESHARED_KEY = PresharedKey.of(new byte[WG_KEY_LEN]);

    private final DeviceName name;
    private final DeviceUpdate update;
    private final List<PeerUpdate> peers;
    private final int payloadLimit;
    private boolean deviceIsSent;
    /// The index of the first peer that is not sent whole.
    private int peer;
    /// Whether a part of that peer is sent.
    private boolean peerIsContinued;
    /// The index of its first allowed IP that is not sent.
    private int allowedIp;

    /// @param name is cut to the 15 bytes that a device's name can have
    /// @param messageLimit in bytes, the netlink header included
    DeviceUpdateEncoder(DeviceName name, DeviceUpdate update, int messageLimit) {
        if (messageLimit < LEAST_LIMIT || messageLimit > GREATEST_LIMIT) {
            throw new IllegalArgumentException("a message's limit is 512 to 65535 bytes, not " + messageLimit);
        }
        this.name = name.truncated();
        this.update = update;
        this.peers = update.peers();
        this.payloadLimit = messageLimit - NetlinkMessage.HEADER_SIZE;
    }

    /// Whether there is another message. There is always a first: an empty update still names the device.
    boolean hasNext() {
        return !deviceIsSent || peer < peers.size();
    }

    /// How many peers the messages so far have whole.
    int peersEncoded() {
        return peer;
    }

    /// Replaces the content of `message` with the next message's payload.
    void encodeNext(AttributeWriter message) {
        message.clear();
        message.header(GenericNetlink.header(WG_CMD_SET_DEVICE, WG_GENL_VERSION));
        message.string(WGDEVICE_A_IFNAME, name.text());
        if (!deviceIsSent) {
            encodeDevice(message);
            deviceIsSent = true;
        }
        if (peer < peers.size()) {
            int list = message.beginNest(WGDEVICE_A_PEERS);
            while (peer < peers.size() && encodePeer(message, peers.get(peer))) {
                peer++;
                peerIsContinued = false;
                allowedIp = 0;
            }
            message.endNest(list);
        }
    }

    private void encodeDevice(AttributeWriter message) {
        update.privateKey().ifMentioned(NO_PRIVATE_KEY, key -> message.bytes(WGDEVICE_A_PRIVATE_KEY, key.toBytes()));
        update.listenPort().ifMentioned(0, port -> message.u16(WGDEVICE_A_LISTEN_PORT, port));
        update.fwmark().ifMentioned(0, mark -> message.u32(WGDEVICE_A_FWMARK, mark));
        if (update.replacePeers()) {
            message.u32(WGDEVICE_A_FLAGS, WGDEVICE_F_REPLACE_PEERS);
        }
    }

    /// Writes as much of a peer as fits; false when the rest is left for the next message.
    private boolean encodePeer(AttributeWriter message, PeerUpdate update) {
        int nest = message.beginNest(0);
        message.bytes(WGPEER_A_PUBLIC_KEY, update.publicKey().toBytes());
        if (!(update instanceof PeerUpdate.Put put)) {
            message.u32(WGPEER_A_FLAGS, WGPEER_F_REMOVE_ME);
            return endIfItFits(message, nest);
        }
        if (!peerIsContinued) {
            encodeSettings(message, put.settings());
        }
        int flags = flags(put);
        if (flags != 0) {
            message.u32(WGPEER_A_FLAGS, flags);
        }
        if (message.size() > payloadLimit) {
            message.cancelNest(nest);
            return false;
        }
        peerIsContinued = true;
        List<AllowedIpUpdate> allowedIps = put.settings().allowedIps();
        boolean whole = allowedIps.isEmpty() || encodeAllowedIps(message, allowedIps);
        message.endNest(nest);
        return whole;
    }

    /// Everything but the allowed IPs.
    private static void encodeSettings(AttributeWriter message, PeerSettings<Endpoint.Numeric> settings) {
        settings.presharedKey()
                .ifMentioned(NO_PRESHARED_KEY, key -> message.bytes(WGPEER_A_PRESHARED_KEY, key.toBytes()));
        if (settings.endpoint().value().isPresent()) {
            Endpoint.Numeric endpoint = settings.endpoint().value().get();
            message.bytes(WGPEER_A_ENDPOINT, SocketAddress.encode(endpoint));
        }
        settings.persistentKeepalive()
                .ifMentioned(0, seconds -> message.u16(WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL, seconds));
    }

    /// "Update only" is repeated: without it the rest of an unknown peer's allowed IPs would create the peer.
    private int flags(PeerUpdate.Put put) {
        boolean replace = put.settings().replaceAllowedIps() && !peerIsContinued;
        return (replace ? WGPEER_F_REPLACE_ALLOWEDIPS : 0) | (put.updateOnly() ? WGPEER_F_UPDATE_ONLY : 0);
    }

    private boolean encodeAllowedIps(AttributeWriter message, List<AllowedIpUpdate> allowedIps) {
        int list = message.beginNest(WGPEER_A_ALLOWEDIPS);
        if (!endIfItFits(message, list)) {
            return false;
        }
        while (allowedIp < allowedIps.size()) {
            int nest = message.beginNest(0);
            encodeAllowedIp(message, allowedIps.get(allowedIp));
            if (!endIfItFits(message, nest)) {
                break;
            }
            allowedIp++;
        }
        message.endNest(list);
        return allowedIp == allowedIps.size();
    }

    private static void encodeAllowedIp(AttributeWriter message, AllowedIpUpdate update) {
        IpPrefix prefix = update.prefix();
        message.u16(WGALLOWEDIP_A_FAMILY, prefix.family().number());
        message.address(WGALLOWEDIP_A_IPADDR, prefix.address());
        message.u8(WGALLOWEDIP_A_CIDR_MASK, prefix.length());
        if (update.remove()) {
            message.u32(WGALLOWEDIP_A_FLAGS, WGALLOWEDIP_F_REMOVE_ME);
        }
    }

    private boolean endIfItFits(AttributeWriter message, int nest) {
        if (message.size() > payloadLimit) {
            message.cancelNest(nest);
            return false;
        }
        message.endNest(nest);
        return true;
    }
}
