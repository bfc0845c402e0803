// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;

/// A TCP connection that carries so many bytes one way; what arrives is held against what was sent.
final class Transfer {
    private static final int CHUNK = 1 << 16;
    private static final int PATIENCE_MILLIS = 20_000;

    private Transfer() {}

    /// Sends `bytes` bytes and fails unless exactly these arrive.
    static void run(Host from, Host to, String address, int bytes) throws Exception {
        try (ServerSocket server = to.on(() -> new ServerSocket(0))) {
            server.setSoTimeout(PATIENCE_MILLIS);
            Future<String> received = to.start(() -> {
                try (Socket socket = server.accept()) {
                    socket.setSoTimeout(PATIENCE_MILLIS);
                    return digest(socket.getInputStream());
                }
            });
            String sent = from.on(() -> {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress(address, server.getLocalPort()), PATIENCE_MILLIS);
                    return send(socket.getOutputStream(), bytes);
                }
            });
            String arrived = Host.result(received);
            if (!arrived.equals(sent)) {
                throw new AssertionError("sent " + sent + ", received " + arrived);
            }
        }
    }

    private static String send(OutputStream to, int bytes) throws Exception {
        CRC32C sum = new CRC32C();
        byte[] chunk = new byte[CHUNK];
        Random random = new Random(7);
        random.nextBytes(chunk);
        for (int left = bytes; left > 0; left -= CHUNK) {
            // Different in every chunk, or one in another's place would not be noticed.
            chunk[random.nextInt(CHUNK)] = (byte) left;
            int length = Math.min(CHUNK, left);
            sum.update(chunk, 0, length);
            to.write(chunk, 0, length);
        }
        return bytes + " bytes, sum " + sum.getValue();
    }

    private static String digest(InputStream from) throws Exception {
        CRC32C sum = new CRC32C();
        byte[] chunk = new byte[CHUNK];
        long bytes = 0;
        for (int length = from.read(chunk); length > 0; length = from.read(chunk)) {
            sum.update(chunk, 0, length);
            bytes += length;
        }
        return bytes + " bytes, sum " + sum.getValue();
    }
}
