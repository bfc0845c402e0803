// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.warmup;

import io.wgj.config.net.IpAddress;
import io.wgj.engine.io.EngineFeatures;
import io.wgj.engine.io.UdpPort;
import io.wgj.engine.io.UdpSockets;
import io.wgj.netlink.sys.SystemException;

/// The network between the two devices of a warm-up, side 1 and side 2.
interface WarmupNetwork extends AutoCloseable {
    /// How many trains the network in memory keeps in each direction.
    int TRAINS = 8;

    /// Where a side sends.
    UdpPort out(int side);

    /// Where a side receives.
    UdpPort in(int side);

    IpAddress address(int side);

    int port(int side);

    @Override
    void close();

    /// A pair of sockets on the loopback's addresses. Nothing arrives where the loopback is down.
    ///
    /// @param ipv6 whether the sockets talk IPv6
    static WarmupNetwork loopback(boolean ipv6) throws SystemException {
        UdpSockets one = UdpSockets.open(EngineFeatures.ofProcess(), _ -> {});
        UdpSockets two = null;
        try {
            two = UdpSockets.open(EngineFeatures.ofProcess(), _ -> {});
            Loopback network = new Loopback(one, two, ipv6);
            one.bindLoopback(network::unbind);
            two.bindLoopback(network::unbind);
            return network;
        } catch (SystemException e) {
            one.close();
            if (two != null) {
                two.close();
            }
            throw e;
        }
    }

    /// A pair of queues in memory.
    static WarmupNetwork inMemory() {
        return new InMemory(new WarmupWire(1, TRAINS), new WarmupWire(2, TRAINS));
    }

    record Loopback(UdpSockets one, UdpSockets two, boolean ipv6) implements WarmupNetwork {
        @Override
        public UdpSockets out(int side) {
            return side == 1 ? one : two;
        }

        @Override
        public UdpPort in(int side) {
            return out(side);
        }

        @Override
        public IpAddress address(int side) {
            return ipv6 ? IpAddress.ofV6(0, 1) : IpAddress.ofV4(127 << 24 | 1);
        }

        @Override
        public int port(int side) {
            return out(side).port();
        }

        /// From now on nothing arrives. Neither side may send to a port that another socket has then.
        private void unbind() {
            one.unbind();
            two.unbind();
        }

        @Override
        public void close() {
            one.close();
            two.close();
        }
    }

    record InMemory(WarmupWire fromOne, WarmupWire fromTwo) implements WarmupNetwork {
        @Override
        public UdpPort out(int side) {
            return side == 1 ? fromOne : fromTwo;
        }

        @Override
        public UdpPort in(int side) {
            return side == 1 ? fromTwo : fromOne;
        }

        @Override
        public IpAddress address(int side) {
            return IpAddress.ofV4(WarmupWire.address(side));
        }

        @Override
        public int port(int side) {
            return WarmupWire.PORT;
        }

        @Override
        public void close() {
            fromOne.close();
            fromTwo.close();
        }
    }
}
