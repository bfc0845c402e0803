// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.device.PeerState;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.diagnosis.routing.NetworkDevice;
import io.wgj.netlink.sys.EchoSocket;
import io.wgj.netlink.sys.SystemException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The doctor's own echo requests: small ones that make WireGuard shake hands, and, once one is answered, one of
/// the interface's MTU. Where that is lost, one of 1280 bytes tells whether size is the reason.
final class Echoes implements AutoCloseable {
    /// The least MTU that IPv6 allows.
    static final int LEAST = 1280;

    /// When the small requests are sent: the second starts no handshake, but finds a tunnel that has come up.
    private static final long[] TIMES = {0, 2_000, 7_000};
    /// When the larger ones are sent, after the one before was answered or given up.
    private static final long[] LARGE_TIMES = {0, 1_000};

    private static final long PATIENCE = 2_500;

    private final Map<PublicKey, Echo> echoes = new LinkedHashMap<>();
    private final Map<IpFamily, EchoSocket> sockets = new HashMap<>();
    private final int identifier;
    private final int mtu;

    /// Nothing is sent.
    Echoes(int identifier) {
        this.identifier = identifier;
        this.mtu = 0;
    }

    /// Prepares an echo for each peer with a target.
    ///
    /// @param identifier of the requests, 16 bits
    /// @param networks the interface's addresses with their lengths
    /// @param own all addresses of this host
    Echoes(int identifier, NetworkDevice link, List<PeerState> peers, List<IpPrefix> networks, Set<IpAddress> own) {
        this.identifier = identifier;
        this.mtu = Math.min(link.mtu(), EchoSocket.MOST);
        for (PeerState peer : peers) {
            Optional<EchoTarget> target = EchoTarget.of(peer, networks, own);
            target.ifPresent(one -> echoes.put(peer.publicKey(), new Echo(one, Size.values().length * echoes.size())));
        }
        for (Echo echo : echoes.values()) {
            IpFamily family = echo.target.address().family();
            if (!sockets.containsKey(family)) {
                try {
                    sockets.put(family, EchoSocket.open(family, link.name(), link.index()));
                } catch (SystemException failure) {
                    echo.failure = Optional.of(
                            "no echo can be sent: " + failure.errno().sentence());
                }
            }
        }
    }

    /// The requests in the order in which they are sent.
    private enum Size {
        SMALL(0),
        FULL(1),
        LEAST(2);

        /// Of its requests in an echo's series.
        private final int place;

        Size(int place) {
            this.place = place;
        }
    }

    /// Requests of one size.
    private static final class Series {
        private int asked;
        private int answered;
        private long began = -1;
        private boolean refused;
    }

    /// One peer's echo.
    static final class Echo {
        private final EchoTarget target;
        private final int firstSequence;
        private final Series[] series = {new Series(), new Series(), new Series()};
        private Optional<String> failure = Optional.empty();
        private Size size = Size.SMALL;
        private boolean done;

        Echo(EchoTarget target, int firstSequence) {
            this.target = target;
            this.firstSequence = firstSequence;
        }

        EchoTarget target() {
            return target;
        }

        /// Why the last small request could not be sent.
        Optional<String> failure() {
            return failure;
        }

        int asked() {
            return series[0].asked;
        }

        int answered() {
            return series[0].answered;
        }

        /// Whether a packet of the MTU was answered; empty while that is open, and when none could be sent.
        Optional<Boolean> large() {
            return outcome(Size.FULL);
        }

        /// The same for one of 1280 bytes.
        Optional<Boolean> least() {
            return outcome(Size.LEAST);
        }

        private Optional<Boolean> outcome(Size which) {
            Series one = series[which.place];
            if (one.answered > 0) {
                return Optional.of(true);
            }
            boolean givenUp = size.place > which.place || done;
            return givenUp && one.asked > 0 && !one.refused ? Optional.of(false) : Optional.empty();
        }

        /// Goes on to the next size when this one is answered or given up.
        private void advance(long millis, int mtu) {
            Series now = series[size.place];
            boolean givenUp = now.began >= 0 && millis - now.began >= PATIENCE;
            switch (size) {
                case SMALL -> {
                    if (now.answered > 0) {
                        size = Size.FULL;
                    }
                }
                case FULL -> {
                    if (now.answered > 0 || now.refused || givenUp && mtu <= LEAST) {
                        done = true;
                    } else if (givenUp) {
                        size = Size.LEAST;
                    }
                }
                case LEAST -> done |= now.answered > 0 || now.refused || givenUp;
            }
        }

        /// Whether a request of the present size is due.
        private boolean isDue(long millis) {
            Series now = series[size.place];
            if (done || now.answered > 0) {
                return false;
            }
            long[] times = size == Size.SMALL ? TIMES : LARGE_TIMES;
            long from = size == Size.SMALL ? 0 : now.began < 0 ? millis : now.began;
            return now.asked < times.length && millis - from >= times[now.asked];
        }
    }

    Optional<Echo> of(PublicKey peer) {
        return Optional.ofNullable(echoes.get(peer));
    }

    Collection<EchoSocket> sockets() {
        return sockets.values();
    }

    /// Whether an answered echo waits for the outcome of larger ones.
    boolean isOpen() {
        for (Echo echo : echoes.values()) {
            if (echo.answered() > 0 && !echo.done) {
                return true;
            }
        }
        return false;
    }

    /// Sends what is due.
    ///
    /// @param millis since the beginning
    /// @param token comes back with the replies
    void send(long millis, long token) {
        for (Echo echo : echoes.values()) {
            EchoSocket socket = sockets.get(echo.target.address().family());
            echo.advance(millis, mtu);
            if (socket != null && echo.isDue(millis)) {
                send(echo, socket, millis, token);
            }
        }
    }

    private void send(Echo echo, EchoSocket socket, long millis, long token) {
        Series series = echo.series[echo.size.place];
        series.asked++;
        series.began = series.began < 0 ? millis : series.began;
        int bytes = echo.size == Size.SMALL ? 0 : echo.size == Size.FULL ? mtu : LEAST;
        try {
            int sequence = echo.firstSequence + 1 + echo.size.place;
            socket.request(echo.target.address(), identifier, sequence, token, bytes);
            echo.failure = Optional.empty();
        } catch (SystemException failure) {
            if (echo.size != Size.SMALL) {
                series.refused = true;
                return;
            }
            // ENOKEY and EDESTADDRREQ: the kernel's module took it and refused it.
            echo.failure = Optional.of("an echo to " + echo.target.address().text() + " could not be sent: "
                    + failure.errno().sentence());
        }
    }

    /// Counts the replies that are waiting.
    void drain() {
        for (EchoSocket socket : sockets.values()) {
            Optional<EchoSocket.Reply> reply = socket.receive();
            while (reply.isPresent()) {
                EchoSocket.Reply one = reply.get();
                for (Echo echo : echoes.values()) {
                    int place = one.sequence() - echo.firstSequence - 1;
                    if (one.identifier() == identifier
                            && place >= 0
                            && place < echo.series.length
                            && one.from().equals(echo.target.address())) {
                        echo.series[place].answered++;
                    }
                }
                reply = socket.receive();
            }
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(EchoSocket::close);
    }
}
