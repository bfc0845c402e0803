// SPDX-License-Identifier: Apache-2.0

import io.wgj.engine.crypto.Aead;
import io.wgj.engine.crypto.Primitives;
import io.wgj.engine.crypto.X25519;
import io.wgj.engine.noise.Initiator;
import io.wgj.engine.noise.LocalIdentity;
import io.wgj.engine.noise.MacWriter;
import io.wgj.engine.noise.Messages;
import io.wgj.engine.noise.Tai64n;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/// Asks an engine for handshakes, each with an initiation made beforehand, and counts what it answers:
///
///     java Initiations PUBLIC-KEY PEERS FILE first   writes the peers' keys to FILE, then asks until it is
///     answered, and
///                                                    prints when that was, in seconds of the wall clock
///     java Initiations PUBLIC-KEY PEERS FILE many    prints `begin`, then how many were answered: `end N`
///
/// The peers' keys are the same in each run.
final class Initiations {
    private static final InetAddress ENGINE = InetAddress.ofLiteral("192.0.2.2");
    private static final int PORT = 51820;
    /// How many may be unanswered at once: fewer than make an engine think that it is under load.
    private static final int WINDOW = 32;
    /// Rounds before the counting begins: a JVM compiles meanwhile.
    private static final int WARM = 20;
    private static final int EACH = 45;

    private final byte[] responder;
    private final X25519 x25519;
    private final Aead aead;

    private Initiations(byte[] responder) {
        Primitives primitives = Primitives.portable();
        this.responder = responder;
        this.x25519 = primitives.x25519();
        this.aead = primitives.aead().newContext();
    }

    public static void main(String[] words) throws IOException, InterruptedException {
        Initiations initiations = new Initiations(Base64.getDecoder().decode(words[0]));
        int peers = Integer.parseInt(words[1]);
        if (words[3].equals("first")) {
            initiations.first(peers, Path.of(words[2]));
        } else {
            initiations.many(peers);
        }
    }

    private List<LocalIdentity> identities(int count) {
        Random keys = new Random(1);
        List<LocalIdentity> identities = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[X25519.LENGTH];
            keys.nextBytes(key);
            identities.add(new LocalIdentity(x25519, key));
        }
        return identities;
    }

    /// Initiations of one peer, each newer than the one before.
    private List<byte[]> of(LocalIdentity peer, int count, Instant from) {
        byte[] shared = new byte[X25519.LENGTH];
        peer.agree(x25519, responder, shared);
        MacWriter macs = new MacWriter(responder);
        Tai64n clock = new Tai64n();
        Random random = new Random();
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] message = new byte[Messages.INITIATION_LENGTH];
            byte[] ephemeral = new byte[X25519.LENGTH];
            random.nextBytes(ephemeral);
            byte[] time = clock.next(from);
            Initiator.begin(aead, x25519, peer, responder, shared, ephemeral, random.nextInt(), time, message);
            macs.write(message, message.length, 0);
            messages.add(message);
        }
        return messages;
    }

    private void first(int peers, Path file) throws IOException {
        List<LocalIdentity> identities = identities(peers);
        List<byte[]> messages = of(identities.getFirst(), 1_000, Instant.now().minus(Duration.ofHours(1)));
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(3);
            DatagramPacket answer = new DatagramPacket(new byte[256], 256);
            StringBuilder lines = new StringBuilder();
            for (LocalIdentity identity : identities) {
                lines.append(Base64.getEncoder().encodeToString(identity.publicKey())).append('\n');
            }
            Path draft = file.resolveSibling("draft");
            Files.writeString(draft, lines);
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING);
            for (byte[] message : messages) {
                socket.send(new DatagramPacket(message, message.length, ENGINE, PORT));
                try {
                    socket.receive(answer);
                    if (answer.getLength() == Messages.RESPONSE_LENGTH) {
                        Instant now = Instant.now();
                        System.out.println(now.getEpochSecond() + "." + (1_000_000_000L + now.getNano() + "").substring(1));
                        return;
                    }
                } catch (SocketTimeoutException _) {
                    // Not there yet.
                }
            }
        }
        System.exit(1);
    }

    private void many(int peers) throws IOException {
        List<List<byte[]>> messages = new ArrayList<>();
        for (LocalIdentity identity : identities(peers)) {
            messages.add(of(identity, EACH, Instant.now()));
        }
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(200);
            DatagramPacket answer = new DatagramPacket(new byte[256], 256);
            int answered = 0;
            int waiting = 0;
            for (int i = 0; i < EACH; i++) {
                if (i == WARM) {
                    answered = 0;
                    System.out.println("begin");
                }
                for (List<byte[]> peer : messages) {
                    byte[] message = peer.get(i);
                    socket.send(new DatagramPacket(message, message.length, ENGINE, PORT));
                    waiting++;
                    try {
                        while (waiting >= WINDOW) {
                            socket.receive(answer);
                            waiting--;
                            answered += answer.getLength() == Messages.RESPONSE_LENGTH ? 1 : 0;
                        }
                    } catch (SocketTimeoutException _) {
                        // Those are lost.
                        waiting = 0;
                    }
                }
            }
            System.out.println("end " + answered);
        }
    }
}
