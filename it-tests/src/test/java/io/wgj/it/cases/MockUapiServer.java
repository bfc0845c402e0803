// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import jnr.unixsocket.UnixServerSocketChannel;
import jnr.unixsocket.UnixSocketAddress;
import jnr.unixsocket.UnixSocketChannel;

/// A device that gives prepared answers and records the requests. A connection without a request does not
/// count: tools make one to find out whether a process listens.
final class MockUapiServer implements AutoCloseable {
    private static final Pattern NOW = Pattern.compile("<now([+-]\\d+)>");
    /// A reply that holds the time is given in this early part of a second, so that its reader sees the same
    /// second. It is not given at once, since time(2) is late by up to a tick.
    private static final int FIRST_MILLI = 30;

    private static final int LAST_MILLI = 300;

    private final Path path;
    private final MockReplies replies;
    private final UnixServerSocketChannel server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean closing;

    /// Listens at `path`, each client on a thread of its own: this library is only sound when it blocks.
    MockUapiServer(Path path, MockReplies replies) {
        this.path = path;
        this.replies = replies;
        try {
            server = UnixServerSocketChannel.open();
            server.socket().bind(new UnixSocketAddress(path.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("mock device " + path).start(this::acceptAll);
    }

    /// The requests so far: `get=1`, and for `set=1` the lines that follow it.
    List<String> requests() {
        return new ArrayList<>(requests);
    }

    /// Stops listening and removes the socket. Closing the channel does not wake its acceptor, a last client
    /// does.
    @Override
    public void close() {
        closing = true;
        try {
            try (UnixSocketChannel _ = UnixSocketChannel.open(new UnixSocketAddress(path.toFile()))) {
                server.close();
            } finally {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void acceptAll() {
        while (!closing) {
            try {
                UnixSocketChannel client = server.accept();
                Thread.ofPlatform().daemon().start(() -> serve(client));
            } catch (IOException e) {
                if (!closing) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(UnixSocketChannel client) {
        try (client) {
            String request = readRequest(Channels.newInputStream(client));
            if (request.startsWith("set=1\n")) {
                requests.add(request.substring("set=1\n".length(), request.length() - 1));
                answer(client, replies.set());
            } else if (!request.isEmpty()) {
                requests.add(request.strip());
                answer(client, replies.get());
            }
        } catch (IOException e) {
            requests.add("connection failed: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(UnixSocketChannel client, String reply) throws IOException, InterruptedException {
        String told = reply;
        if (reply.contains("<now")) {
            long millis = System.currentTimeMillis() % 1000;
            if (millis < FIRST_MILLI || millis > LAST_MILLI) {
                Thread.sleep((1000 + FIRST_MILLI - millis) % 1000);
            }
            long now = Instant.now().getEpochSecond();
            told = NOW.matcher(reply).replaceAll(match -> Long.toString(now + Long.parseLong(match.group(1))));
        }
        OutputStream out = Channels.newOutputStream(client);
        out.write(told.getBytes(ISO_8859_1));
        out.flush();
    }

    /// Up to the empty line; what there is when the client closes first.
    private static String readRequest(InputStream in) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 16];
        while (!request.toString(ISO_8859_1).endsWith("\n\n")) {
            int got = in.read(buffer);
            if (got < 0) {
                break;
            }
            request.write(buffer, 0, got);
        }
        return request.toString(ISO_8859_1);
    }
}
