// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.core;

import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;

/// Where a peer is, and which local address its datagrams leave from (its "sticky source"). Routing always
/// decides through which interface they leave. Addresses are numbers as [IpAddress] keeps them: big-endian on
/// the wire, IPv4 in the low 32 bits of the low half.
///
/// @param ipv6 the family of both addresses
/// @param remoteHigh the first eight bytes of an IPv6 address; 0 for IPv4
/// @param port the peer's, 0 to 65535, host order
/// @param scopeId the interface index of a link-local IPv6 address; 0 for none
/// @param sourceHigh the local address in the same form; 0 without a source
/// @param sourceInterface the index of the interface that IPv4 datagrams of the peer arrived on, 0 for none;
///     or [#CHOSEN] when the source was configured and not learnt
/// @param hasSource whether datagrams leave from the local address; otherwise the kernel chooses one
public record UdpFlow(
        boolean ipv6,
        long remoteHigh,
        long remoteLow,
        int port,
        int scopeId,
        long sourceHigh,
        long sourceLow,
        int sourceInterface,
        boolean hasSource) {
    /// In [#sourceInterface]: `Underlay = src` names the source, whatever address datagrams arrive at.
    public static final int CHOSEN = -1;

    /// A flow to `endpoint`; the kernel chooses its source.
    public static UdpFlow to(Endpoint.Numeric endpoint) {
        IpAddress address = endpoint.address();
        return new UdpFlow(
                address.family() == IpFamily.V6,
                address.high(),
                address.low(),
                endpoint.port(),
                endpoint.scopeId(),
                0,
                0,
                0,
                false);
    }

    /// The peer's side alone.
    public Endpoint.Numeric endpoint() {
        return new Endpoint.Numeric(remote(), port, scopeId);
    }

    /// Whether both lead to the same endpoint.
    boolean hasRemoteOf(UdpFlow other) {
        return remoteLow == other.remoteLow
                && remoteHigh == other.remoteHigh
                && port == other.port
                && scopeId == other.scopeId
                && ipv6 == other.ipv6;
    }

    /// The peer's address.
    public IpAddress remote() {
        return ipv6 ? IpAddress.ofV6(remoteHigh, remoteLow) : IpAddress.ofV4((int) remoteLow);
    }

    /// The same peer, with the source set aside because routing leads to another interface than the one that
    /// datagrams arrive on. The kernel chooses the source until [#withSourceRestored].
    public UdpFlow withoutSource() {
        boolean knowsOne = hasSource || hasSourceSetAside();
        return knowsOne ? new UdpFlow(ipv6, remoteHigh, remoteLow, port, scopeId, 0, 0, 0, false) : this;
    }

    /// The same peer, answered again from the address that its datagrams arrive at.
    public UdpFlow withSourceSetAside() {
        return with(false);
    }

    /// Whether a source was learnt and set aside.
    public UdpFlow withSourceRestored() {
        return with(true);
    }

    private UdpFlow with(boolean source) {
        return new UdpFlow(ipv6, remoteHigh, remoteLow, port, scopeId, sourceHigh, sourceLow, sourceInterface, source);
    }

    /// Whether this flow already holds everything that an arrived datagram shows.
    public boolean hasSourceSetAside() {
        return !hasSource && sourceInterface != 0;
    }

    /// The same peer, with `source` as the configured source, an address of the same family.
    boolean knows(UdpFlow arrived) {
        return equals(arrived) || hasSourceSetAside() && withSourceRestored().equals(arrived);
    }

    /// Whether the source is configured, so that the address that datagrams arrive at does not matter.
    public UdpFlow withSource(IpAddress source) {
        return new UdpFlow(ipv6, remoteHigh, remoteLow, port, scopeId, source.high(), source.low(), CHOSEN, true);
    }

    /// Whether the source was chosen, so that it does not matter what address datagrams come to.
    public boolean hasChosenSource() {
        return sourceInterface == CHOSEN;
    }
}
