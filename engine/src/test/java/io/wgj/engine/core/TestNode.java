// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerState;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.noise.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// A whole engine on a [TestNetwork]: the core, the device over it, and the three threads' work done one
/// after the other as their loops would do it, one packet at a time.
final class TestNode implements CoreOutput, SocketPort {
    static final int PORT = 51820;
    private static final int MTU = 1420;

    final DeviceCore core;
    final EngineDevice device;
    final PrivateKey privateKey;
    final List<byte[]> delivered = new ArrayList<>();
    /// What became of handshakes.
    final List<HandshakeEvent> events = new ArrayList<>();
    /// What [#send] answers.
    int sendErrno;
    boolean portTaken;
    boolean markRefused;
    int mark;
    private final TestNetwork network;
    private final Aead aead;
    private final PeerLookup destinations;
    private final PeerLookup sources;
    private long address;
    private long deadline;
    private boolean controlWoken;
    private int port;

    TestNode(TestNetwork network, int number) {
        this(network, number, Primitives.portable());
    }

    TestNode(TestNetwork network, int number, Primitives primitives) {
        this.network = network;
        Random random = new Random(number);
        core = new DeviceCore(primitives, network.clock, random::nextBytes, this, events::add);
        device = new EngineDevice(new DeviceName("node" + number), core, this);
        byte[] key = new byte[32];
        random.nextBytes(key);
        privateKey = PrivateKey.fromRandom(key);
        aead = primitives.aead().newContext();
        destinations = core.newLookup();
        sources = core.newLookup();
        moveTo(0xc612_0000L + number);
        apply(new DeviceUpdate(Change.set(privateKey), Change.set(PORT), Change.keep(), false, List.of()));
    }

    /// Takes another address on the network.
    void moveTo(long newAddress) {
        address = newAddress;
        network.connect(this, newAddress);
    }

    PublicKey publicKey() {
        return privateKey.publicKey();
    }

    Endpoint.Numeric endpoint() {
        return new Endpoint.Numeric(IpAddress.ofV4((int) address), PORT);
    }

    TestNode up() {
        try {
            device.up();
        } catch (DeviceException e) {
            throw new AssertionError(e);
        }
        return this;
    }

    void apply(DeviceUpdate update) {
        try {
            device.apply(update);
        } catch (DeviceException e) {
            throw new AssertionError(e);
        }
    }

    /// Knows `other`, where it is, and that everything behind `prefix` is its.
    void addPeer(TestNode other, String prefix, int length) {
        addPeer(other, prefix, length, Change.set(other.endpoint()), Change.keep());
    }

    void addPeer(
            TestNode other,
            String prefix,
            int length,
            Change<Endpoint.Numeric> endpoint,
            Change<Integer> persistentKeepalive) {
        IpPrefix allowed = new IpPrefix(IpAddress.parse(prefix).orElseThrow(), length);
        apply(DeviceUpdate.ofPeers(List.of(new PeerUpdate.Put(
                other.publicKey(),
                PeerSettings.NONE
                        .withEndpoint(endpoint)
                        .withPersistentKeepalive(persistentKeepalive)
                        .withOnlyAllowedIps(List.of(allowed))))));
    }

    /// 32 bytes of `fill` as the preshared key of `other`.
    void setPresharedKey(TestNode other, int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        apply(DeviceUpdate.ofPeers(List.of(
                new PeerUpdate.Put(other.publicKey(), PeerSettings.NONE.withPresharedKey(PresharedKey.of(key))))));
    }

    Peer peer(TestNode other) {
        return there(core.configuration().find(other.publicKey()));
    }

    PeerState state(TestNode other) {
        return device.read().peers().stream()
                .filter(peer -> peer.publicKey().equals(other.publicKey()))
                .findAny()
                .orElseThrow();
    }

    /// CONTROL's and TX's turn: whatever they were woken for or is due.
    void work() {
        do {
            controlWoken = false;
            deadline = core.control(network.clock.bootNanos());
            flush();
        } while (controlWoken || deadline <= network.clock.bootNanos());
    }

    long nextDeadline() {
        return deadline;
    }

    /// TX: a packet comes out of the TUN.
    void transmit(byte[] packet) {
        long now = network.clock.bootNanos();
        flush();
        int version = InnerPacket.version(packet, 0, packet.length);
        Peer peer = version == 0 ? null : destinations.byDestination(version, packet, 0);
        if (peer == null) {
            core.drops().count(version == 0 ? Drop.TX_MALFORMED : Drop.TX_NO_PEER);
            return;
        }
        Keypair session = core.keypairToSend(peer, now);
        if (session == null) {
            core.stage(peer, packet, 0, packet.length, now);
        } else {
            seal(peer, session, packet, packet.length, now);
        }
    }

    private void flush() {
        byte[] buffer = new byte[65_535];
        for (Peer peer = core.nextToFlush(); peer != null; peer = core.nextToFlush()) {
            long now = network.clock.bootNanos();
            Keypair session = core.flushKeypair(peer, now);
            int length = session == null ? -1 : core.takeStaged(peer, buffer, 0);
            while (session != null && length >= 0) {
                seal(peer, session, buffer, length, now);
                length = core.takeStaged(peer, buffer, 0);
            }
        }
    }

    private void seal(Peer peer, Keypair session, byte[] packet, int length, long now) {
        byte[] padded = Arrays.copyOf(Arrays.copyOf(packet, length), InnerPacket.paddedLength(length, MTU));
        byte[] datagram = new byte[Messages.DATA_HEADER + padded.length + Aead.TAG_LENGTH];
        long counter = session.takeCounters(1);
        Messages.writeDataHeader(datagram, 0, session.remoteIndex(), counter);
        aead.seal(session.sendKey(), counter, padded, 0, padded.length, datagram, Messages.DATA_HEADER);
        UdpFlow flow = peer.flow();
        if (!session.isLive() || flow == null) {
            return;
        }
        int errno = send(flow, datagram, 0, datagram.length);
        if (errno == 0) {
            core.sent(peer, session, now, datagram.length, false);
        } else {
            core.sendFailed(peer, errno);
        }
    }

    /// RX: a datagram comes out of the socket.
    void arrive(TestNetwork.Datagram datagram) {
        if (port == 0) {
            return;
        }
        long now = network.clock.bootNanos();
        byte[] data = datagram.data();
        UdpFlow from = arrivalOf(datagram);
        if (Messages.type(data, 0, data.length) != Messages.DATA) {
            core.offer(data, 0, data.length, from);
        } else if (!Messages.hasLength(Messages.DATA, data.length)) {
            core.drops().count(Drop.RX_MALFORMED);
        } else {
            receive(data, from, now);
        }
    }

    private void receive(byte[] data, UdpFlow from, long now) {
        Keypair session = core.keypair(Messages.dataReceiver(data, 0), now);
        if (session == null || !core.mayArriveFrom(session.peer(), from.ipv6(), from.remoteHigh(), from.remoteLow())) {
            return;
        }
        long counter = Messages.counter(data, 0);
        int length = data.length - Messages.DATA_HEADER - Aead.TAG_LENGTH;
        byte[] plain = new byte[length];
        if (!aead.open(session.receiveKey(), counter, data, Messages.DATA_HEADER, length + 16, plain, 0)) {
            core.drops().count(Drop.RX_BAD_TAG);
        } else if (!session.accept(counter)) {
            core.drops().count(Drop.RX_REPLAY);
        } else {
            UdpFlow known = session.peer().flow();
            core.received(session, now, data.length, length > 0, from.equals(known) ? null : from);
            if (length > 0) {
                deliver(session.peer(), plain);
            }
        }
    }

    private void deliver(Peer peer, byte[] plain) {
        int length = InnerPacket.lengthWithin(plain, 0, plain.length);
        if (length < 0) {
            core.drops().count(Drop.RX_BAD_INNER_PACKET);
        } else if (!sources.mayComeFrom(peer, InnerPacket.version(plain, 0, length), plain, 0)) {
            core.drops().count(Drop.RX_DISALLOWED_INNER_SOURCE);
        } else {
            delivered.add(Arrays.copyOf(plain, length));
        }
    }

    private UdpFlow arrivalOf(TestNetwork.Datagram datagram) {
        UdpFlow from = datagram.from();
        long local = datagram.to().remoteLow();
        return new UdpFlow(false, 0, from.remoteLow(), from.port(), 0, 0, local, 1, true);
    }

    @Override
    public int send(UdpFlow to, byte[] data, int offset, int length) {
        if (sendErrno != 0 && to.hasSource()) {
            return sendErrno;
        }
        UdpFlow self = new UdpFlow(false, 0, address, port, 0, 0, 0, 0, false);
        network.send(self, to, Arrays.copyOfRange(data, offset, offset + length));
        return 0;
    }

    @Override
    public void wakeTx() {}

    @Override
    public void wakeControl() {
        controlWoken = true;
    }

    @Override
    public int bind(int newPort) throws DeviceException {
        if (portTaken) {
            throw new DeviceException(DeviceException.Reason.BUSY, 98, null);
        }
        port = newPort == 0 ? 40_000 : newPort;
        return port;
    }

    @Override
    public void mark(int newMark) throws DeviceException {
        if (markRefused) {
            throw new DeviceException(DeviceException.Reason.NOT_PERMITTED, 1, null);
        }
        mark = newMark;
    }

    @Override
    public void unbind() {
        port = 0;
    }

    /// An IPv4 packet of `length` bytes from 10.0.0.`from` to 10.0.0.`to`, with a number in it.
    static byte[] packet(int from, int to, int length, int number) {
        byte[] packet = new byte[length];
        packet[0] = 0x45;
        packet[2] = (byte) (length >> 8);
        packet[3] = (byte) length;
        packet[8] = 64;
        packet[9] = 17;
        byte[] source = {10, 0, 0, (byte) from, 10, 0, 0, (byte) to};
        System.arraycopy(source, 0, packet, 12, 8);
        for (int i = 0; i < 4; i++) {
            packet[20 + i] = (byte) (number >> 24 - 8 * i);
        }
        return packet;
    }

    /// The number in a packet of [#packet].
    static int numberOf(byte[] packet) {
        return (packet[20] & 0xff) << 24 | (packet[21] & 0xff) << 16 | (packet[22] & 0xff) << 8 | packet[23] & 0xff;
    }

    @Nullable
    Keypair sessionWith(TestNode other) {
        return peer(other).current();
    }

    Keypair liveSessionWith(TestNode other) {
        return there(sessionWith(other));
    }

    UdpFlow flowTo(TestNode other) {
        return there(peer(other).flow());
    }

    private static <T> T there(@Nullable T value) {
        if (value == null) {
            throw new AssertionError("nothing there");
        }
        return value;
    }
}
