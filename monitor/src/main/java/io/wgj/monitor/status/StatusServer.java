// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.MonitorEvent;
import io.wgj.monitor.model.StatusSource;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.netlink.sys.Credentials;
import io.wgj.netlink.sys.Descriptors;
import io.wgj.netlink.sys.Groups;
import io.wgj.netlink.sys.SystemException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import jnr.enxio.channels.NativeSelectorProvider;
import jnr.unixsocket.UnixSocketChannel;
import jnr.unixsocket.UnixSocketOptions;

/// Serves the status socket. One thread serves all clients and never waits for one of them: what a client does
/// not read is kept up to a limit, and then the client is dropped. The monitor's own threads only put events
/// into a queue.
public final class StatusServer implements AutoCloseable {
    static final int MOST_CLIENTS = 256;

    private static final int ROOT = 0;
    private static final int FAILED = 1;
    private static final int NOT_PERMITTED = 4;
    private static final int CHUNK = 1 << 13;
    private static final long GRACE_NANOS = 1_000_000_000L;
    /// How often it looks whether peers that clients wait for are up.
    private static final long WAIT_MILLIS = 250;
    /// How often it looks for clients that do not read.
    private static final long PATIENCE_MILLIS = 1_000;
    /// How long it accepts no clients when no descriptor is free.
    private static final long PAUSE_NANOS = 100_000_000L;

    private final StatusSocket socket;
    private final EventSource events;
    private final ReplyWriter writer;
    private final LongSupplier nanos;
    private final Consumer<Throwable> failed;
    private final ReplyCache replies;
    private final Selector selector;
    private final SelectionKey door;
    private final Set<Client> clients = new HashSet<>();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final ByteBuffer received = ByteBuffer.allocate(CHUNK);
    private final Thread thread;
    private volatile boolean closed;
    /// Whether a pause of accepting goes on, and until when.
    private boolean paused;

    private long pausedUntil;

    private StatusServer(
            StatusSocket socket,
            StatusSource source,
            EventSource events,
            ScopeNames scopes,
            Consumer<Throwable> failed,
            LongSupplier nanos)
            throws IOException {
        this.socket = socket;
        this.events = events;
        this.writer = new ReplyWriter(scopes);
        this.failed = failed;
        this.nanos = nanos;
        this.replies = new ReplyCache(source, writer);
        this.selector = NativeSelectorProvider.getInstance().openSelector();
        socket.channel().configureBlocking(false);
        this.door = socket.channel().register(selector, SelectionKey.OP_ACCEPT);
        this.thread = Thread.ofPlatform().daemon().name("status").unstarted(this::run);
    }

    /// Starts to serve. The server closes `socket` when it is closed itself.
    ///
    /// @param scopes the names of interfaces, for endpoints with link-local addresses
    /// @param failed called when the server's thread has failed; the monitor's other work can go on
    public static StatusServer start(
            StatusSocket socket, StatusSource source, EventSource events, ScopeNames scopes, Consumer<Throwable> failed)
            throws StatusException {
        return start(socket, source, events, scopes, failed, System::nanoTime);
    }

    /// The same, by the clock `nanos`.
    static StatusServer start(
            StatusSocket socket,
            StatusSource source,
            EventSource events,
            ScopeNames scopes,
            Consumer<Throwable> failed,
            LongSupplier nanos)
            throws StatusException {
        try {
            StatusServer server = new StatusServer(socket, source, events, scopes, failed, nanos);
            server.thread.start();
            return server;
        } catch (IOException failure) {
            socket.close();
            throw new StatusException("status socket: " + socket.path() + ": " + failure.getMessage(), false);
        }
    }

    private void run() {
        try {
            while (!closed) {
                turn();
            }
        } catch (IOException | RuntimeException | Error failure) {
            if (!closed) {
                failed.accept(failure);
            }
        } finally {
            endAll();
        }
    }

    private void turn() throws IOException {
        selector.select(timeout());
        // Before the queue is emptied: what is added later wakes the next turn.
        woken.set(false);
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
        long now = nanos.getAsLong();
        Iterator<SelectionKey> ready = selector.selectedKeys().iterator();
        while (ready.hasNext()) {
            SelectionKey key = ready.next();
            ready.remove();
            if (key == door) {
                accept(now);
            } else if (key.isValid() && key.attachment() instanceof Client client) {
                client.serve(key.readyOps(), now);
            }
        }
        for (Client client : new ArrayList<>(clients)) {
            client.settle(now);
        }
        if (paused && now - pausedUntil >= 0) {
            paused = false;
            door.interestOps(SelectionKey.OP_ACCEPT);
        }
    }

    /// 0 for no limit.
    private long timeout() {
        long limit = paused ? PAUSE_NANOS / 1_000_000 : 0;
        for (Client client : clients) {
            long own = client.talk.isWaiting() ? WAIT_MILLIS : client.talk.toSend() != null ? PATIENCE_MILLIS : 0;
            limit = limit == 0 ? own : own == 0 ? limit : Math.min(own, limit);
        }
        return limit;
    }

    private void execute(Runnable task) {
        tasks.add(task);
        if (woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private void accept(long now) throws IOException {
        UnixSocketChannel channel = socket.channel().accept();
        if (channel == null) {
            // No descriptor is free, or no memory. An immediate retry would not help.
            paused = true;
            pausedUntil = now + PAUSE_NANOS;
            door.interestOps(0);
            return;
        }
        try {
            Descriptors.closeInChildren(channel.getFD());
            channel.configureBlocking(false);
            int user = channel.getOption(UnixSocketOptions.SO_PEERCRED).getUid();
            if (!isPermitted(channel, user)) {
                refuse(channel, NOT_PERMITTED, "the status is for root and the group " + StatusSocket.GROUP);
            } else if (clients.size() >= MOST_CLIENTS && user != ROOT && !makeRoom(now)) {
                refuse(channel, FAILED, MOST_CLIENTS + " clients are connected already; try again later");
            } else {
                clients.add(new Client(channel, now));
            }
        } catch (IOException | SystemException _) {
            channel.close();
        }
    }

    /// The file's permissions say the same; this holds also for a connection made before they were changed.
    private boolean isPermitted(UnixSocketChannel channel, int user) throws IOException, SystemException {
        return user == ROOT
                || user == Credentials.effectiveUserId()
                || channel.getOption(UnixSocketOptions.SO_PEERCRED).getGid() == socket.group()
                || Groups.peerHas(channel.getFD(), socket.group());
    }

    private void refuse(UnixSocketChannel channel, int code, String sentence) throws IOException {
        channel.write(ByteBuffer.wrap(writer.error(code, sentence)));
        channel.close();
    }

    /// Ends the client that has been silent for longest without a reason, so that connections that are left
    /// open cannot lock others out.
    private boolean makeRoom(long now) {
        Client oldest = null;
        for (Client client : clients) {
            if (!client.talk.isSubscribed()
                    && (oldest == null || client.talk.lastMove() - oldest.talk.lastMove() < 0)) {
                oldest = client;
            }
        }
        if (oldest == null || now - oldest.talk.lastMove() < GRACE_NANOS) {
            return false;
        }
        oldest.end();
        return true;
    }

    /// How many clients are connected; for tests.
    int clients() throws InterruptedException {
        List<Integer> count = new ArrayList<>();
        Object done = new Object();
        execute(() -> {
            synchronized (done) {
                count.add(clients.size());
                done.notifyAll();
            }
        });
        synchronized (done) {
            while (count.isEmpty()) {
                done.wait();
            }
        }
        return count.getFirst();
    }

    private void endAll() {
        for (Client client : new ArrayList<>(clients)) {
            client.end();
        }
        try {
            selector.close();
        } catch (IOException _) {
            // Closed all the same.
        }
    }

    /// Ends all connections and removes the socket's file.
    @Override
    public void close() {
        closed = true;
        execute(() -> {});
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        socket.close();
    }

    /// One connection.
    private final class Client {
        private final UnixSocketChannel channel;
        private final SelectionKey key;
        private final Conversation talk;

        Client(UnixSocketChannel channel, long now) throws IOException {
            this.channel = channel;
            this.talk = new Conversation(replies, writer, events, event -> execute(() -> take(event)), now);
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
        }

        private void take(MonitorEvent event) {
            talk.event(event, nanos.getAsLong());
        }

        /// @param ready what the socket is ready for; 0 when the client is gone
        void serve(int ready, long now) {
            try {
                if (ready == 0) {
                    end();
                    return;
                }
                if ((ready & SelectionKey.OP_READ) != 0 && talk.room() > 0) {
                    received.clear().limit(Math.min(CHUNK, talk.room()));
                    int length = channel.read(received);
                    if (length < 0) {
                        talk.endOfRequests(now);
                    } else {
                        talk.receive(received.flip(), now);
                    }
                }
            } catch (IOException _) {
                // The client has closed the connection while it was served.
                end();
            }
        }

        /// Sends what can be sent, and says what to wait for.
        void settle(long now) {
            try {
                talk.tick(now);
                send(now);
                if (talk.isOver()) {
                    end();
                } else if (key.isValid()) {
                    int read = talk.room() > 0 ? SelectionKey.OP_READ : 0;
                    int write = talk.toSend() != null ? SelectionKey.OP_WRITE : 0;
                    key.interestOps(read | write);
                }
            } catch (IOException _) {
                end();
            }
        }

        private void send(long now) throws IOException {
            ByteBuffer next = talk.toSend();
            while (next != null && channel.isOpen()) {
                int wanted = next.remaining();
                int sent = channel.write(next);
                if (sent <= 0) {
                    return;
                }
                talk.sent(sent, now);
                if (sent < wanted) {
                    return;
                }
                next = talk.toSend();
            }
        }

        void end() {
            clients.remove(this);
            talk.close();
            try {
                channel.close();
            } catch (IOException _) {
                // Closed all the same.
            }
        }
    }
}
