// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import io.wgj.config.key.PrivateKey;
import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.noise.Initiator;
import io.wgj.engine.noise.LocalIdentity;
import io.wgj.engine.noise.MacWriter;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.noise.Tai64n;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.concurrent.Future;

/// Initiations with a valid mac1 and nothing else valid, as fast as they can be sent, until closed; and one
/// honest initiator at the same time that answers cookies.
final class Flood implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();
    /// More than the 128 from which on implementations are under load.
    private static final int BURST = 400;

    private static final int MAC2 = Messages.INITIATION_LENGTH - 16;

    private final InetAddress victim;
    private final int port;
    private final byte[] victimKey;
    private final Future<Void> running;
    private volatile boolean stop;

    /// How often the victim sent a cookie, and how often it answered a message that carried one.
    record Result(int cookies, int responses) {}

    Flood(Host host, String address, int port, byte[] victimKey) throws Exception {
        this(host, address, port, victimKey, 0);
    }

    /// @param pauseMillis after each few hundred, so that the victim's queue is full only now and then; 0 for
    ///     none
    Flood(Host host, String address, int port, byte[] victimKey, int pauseMillis) throws Exception {
        this.victim = InetAddress.getByName(address);
        this.port = port;
        this.victimKey = victimKey;
        running = host.start(() -> {
            MacWriter macs = new MacWriter(victimKey);
            byte[] message = new byte[Messages.INITIATION_LENGTH];
            RANDOM.nextBytes(message);
            message[0] = Messages.INITIATION;
            message[1] = message[2] = message[3] = 0;
            try (DatagramSocket socket = new DatagramSocket()) {
                for (int i = 0; !stop; i++) {
                    message[4] = (byte) i;
                    message[5] = (byte) (i >> 8);
                    macs.write(message, message.length, 0);
                    socket.send(new DatagramPacket(message, message.length, victim, port));
                    if (pauseMillis > 0 && i % BURST == 0) {
                        Thread.sleep(pauseMillis);
                    }
                }
            }
            return null;
        });
    }

    /// Begins a handshake every 100 ms, with a cookie as soon as it has one.
    Result knock(PrivateKey key, int millis) throws Exception {
        Primitives primitives = Primitives.portable();
        Aead aead = primitives.aead().newContext();
        LocalIdentity self = new LocalIdentity(primitives.x25519(), key.toBytes());
        byte[] shared = new byte[32];
        self.agree(primitives.x25519(), victimKey, shared);
        MacWriter macs = new MacWriter(victimKey);
        Tai64n time = new Tai64n();
        int cookies = 0;
        int responses = 0;
        long end = System.nanoTime() + millis * 1_000_000L;
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(100);
            byte[] answer = new byte[2_000];
            while (System.nanoTime() < end) {
                byte[] message = new byte[Messages.INITIATION_LENGTH];
                byte[] ephemeral = new byte[32];
                RANDOM.nextBytes(ephemeral);
                Initiator.begin(
                        aead,
                        primitives.x25519(),
                        self,
                        victimKey,
                        shared,
                        ephemeral,
                        RANDOM.nextInt(),
                        time.next(Instant.now()),
                        message);
                macs.write(message, message.length, System.nanoTime());
                boolean hasCookie = !isZero(message, MAC2);
                socket.send(new DatagramPacket(message, message.length, victim, port));
                DatagramPacket packet = new DatagramPacket(answer, answer.length);
                try {
                    socket.receive(packet);
                } catch (SocketTimeoutException _) {
                    continue;
                }
                if (answer[0] == Messages.COOKIE_REPLY && macs.consumeReply(aead, answer, System.nanoTime())) {
                    cookies++;
                } else if (answer[0] == Messages.RESPONSE && hasCookie) {
                    responses++;
                }
            }
        }
        if (running.isDone()) {
            Host.result(running);
        }
        return new Result(cookies, responses);
    }

    private static boolean isZero(byte[] message, int from) {
        for (int i = from; i < message.length; i++) {
            if (message[i] != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        stop = true;
    }
}
