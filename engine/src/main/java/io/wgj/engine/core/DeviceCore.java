// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.engine.allowed.AllowedIps;
import io.wgj.engine.crypto.Primitives;
import org.jspecify.annotations.Nullable;

/// The heart of the engine without its doors: TX, RX and CONTROL tell it what happened and are told what to
/// do. It reads no clock on the packet path (`now` is passed in, nanoseconds of [Clock#bootNanos()]) and
/// sends through [CoreOutput].
///
/// **TX** (TUN to UDP; one or more threads). First drain [#nextToFlush()]. Then for each packet:
/// [InnerPacket#version], [PeerLookup#byDestination], [#keypairToSend]; null: [#stage]. For a train of one
/// peer: [Keypair#takeCounters], seal each, [Keypair#isLive()] (false: throw the train away), send to
/// [Peer#flow()], and [#sent]; or [#sendFailed].
///
/// **RX** (UDP to TUN; one thread per session at a time). Types 1 to 3 go to [#offer]. Of type 4:
/// [#keypair], if the peer restricts them [#mayArriveFrom], open, [Keypair#accept], and after the last
/// valid one of a train [#received], **before** its packets are written, so that answers find the session.
/// Inner packets: [InnerPacket#lengthWithin], [PeerLookup#mayComeFrom].
///
/// **CONTROL** (one thread) calls [#control] whenever it is woken or its deadline has come. Configuration
/// may come from any thread: it and [#control] exclude each other by one monitor that TX and RX never take.
///
/// No method that TX or RX calls per packet or train takes a lock or allocates; [#stage], [#takeStaged] and
/// [#nextToFlush()] with something to flush take short ones, which is only while a session is missing.
@SuppressWarnings({"UnusedVariable", "DoNotCallSuggester"}) // The bodies come with the next commits.
public final class DeviceCore {
    private final DropCounters drops = new DropCounters();
    private volatile AllowedIps<Peer> allowedIps = new AllowedIps<>();

    /// @param primitives for handshakes and keepalives; the core takes a context of its own for CONTROL
    public DeviceCore(Primitives primitives, Clock clock, Randomness randomness, CoreOutput output) {
        this.primitives = primitives;
        this.clock = clock;
        this.randomness = randomness;
        this.output = output;
    }

    private final Primitives primitives;
    private final Clock clock;
    private final Randomness randomness;
    private final CoreOutput output;

    /// Any thread. What was dropped; TX and RX count their own reasons here.
    public DropCounters drops() {
        return drops;
    }

    /// TX, RX: a look-up of one's own.
    public PeerLookup newLookup() {
        return new PeerLookup(() -> allowedIps);
    }

    /// TX: the session to seal with; null when there is none, or when older packets of this peer are staged
    /// and must go first: hand the packet to [#stage] then.
    public @Nullable Keypair keypairToSend(Peer peer, long now) {
        throw new UnsupportedOperationException();
    }

    /// TX: keeps a copy of an inner packet (whole, with its checksums, without padding) until there is a
    /// session, and asks CONTROL for a handshake where one is due. A newer packet pushes the oldest out:
    /// 128 a peer, and a bound on the bytes of all peers. Should a session be there by now, the peer is in
    /// [#nextToFlush()] at once.
    ///
    /// @return false when the packet was dropped (and counted) because the peer's endpoint is not known
    public boolean stage(Peer peer, byte[] packet, int offset, int length, long now) {
        throw new UnsupportedOperationException();
    }

    /// TX: whether [#nextToFlush()] has something; one volatile load, cheap enough for every read of the
    /// TUN.
    public boolean hasFlushes() {
        throw new UnsupportedOperationException();
    }

    /// TX: a peer whose staged packets may go now; null when there is none. Take them all with
    /// [#takeStaged], seal with [#flushKeypair] and send, in order, before any newer packet of the peer.
    public @Nullable Peer nextToFlush() {
        throw new UnsupportedOperationException();
    }

    /// TX, while flushing: the session to seal with although packets are staged; null when it went
    /// meanwhile (leave the packets where they are).
    public @Nullable Keypair flushKeypair(Peer peer, long now) {
        throw new UnsupportedOperationException();
    }

    /// TX, while flushing: moves the oldest staged packet to `into`, which has room for 65,535 bytes from
    /// `offset`.
    ///
    /// @return its length, or -1 when nothing is staged any more
    public int takeStaged(Peer peer, byte[] into, int offset) {
        throw new UnsupportedOperationException();
    }

    /// TX: a train went out.
    ///
    /// @param bytes of UDP payload, headers and tags included
    /// @param onlyKeepalives whether no message of it carried a packet
    public void sent(Peer peer, Keypair keypair, long now, long bytes, boolean onlyKeepalives) {
        throw new UnsupportedOperationException();
    }

    /// TX: the socket refused a train. After `EINVAL` the peer's source address is forgotten: sending once
    /// more to [Peer#flow()] may then work.
    ///
    /// @param flow the one it was sent to
    /// @return whether the flow changed, so that a second try makes sense
    public boolean sendFailed(Peer peer, UdpFlow flow, int errno) {
        throw new UnsupportedOperationException();
    }

    /// RX: the session behind a receiver index; null (counted) when there is none or it is too old.
    ///
    /// @param index as on the wire, read little endian
    public @Nullable Keypair keypair(int index, long now) {
        throw new UnsupportedOperationException();
    }

    /// RX: whether the peer's `AllowedSources` admit a datagram from this address; counted when not. Costs
    /// one load for a peer without them. Ask after [#keypair], before opening.
    public boolean mayArriveFrom(Peer peer, boolean ipv6, long remoteHigh, long remoteLow) {
        throw new UnsupportedOperationException();
    }

    /// RX: a train of one session held at least one valid message (tag, then [Keypair#accept]).
    ///
    /// @param bytes of UDP payload of its valid messages, headers and tags included
    /// @param data whether any of them carried a packet, so was no keepalive
    /// @param newFlow where the last valid one came from; null when that is [Peer#flow()] already
    public void received(Keypair keypair, long now, long bytes, boolean data, @Nullable UdpFlow newFlow) {
        throw new UnsupportedOperationException();
    }

    /// RX: copies a handshake message (type 1, 2 or 3) for CONTROL and wakes it. Anything that cannot be
    /// one, comes from outside all `AllowedSources`, or finds the queue full is counted and dropped.
    ///
    /// @param type the first four bytes, read little endian
    /// @return whether it was taken
    public boolean offer(int type, byte[] data, int offset, int length, UdpFlow from) {
        throw new UnsupportedOperationException();
    }

    /// CONTROL: handles what waits (at most a few dozen handshake messages at a time), then the timers.
    ///
    /// @return when to call again at the latest: `now` when there is more to do, `Long.MAX_VALUE` for not
    ///     before a wake-up
    public long control(long now) {
        throw new UnsupportedOperationException();
    }
}
