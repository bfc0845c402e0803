// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixListener;
import io.wgj.netlink.sys.UnixStream;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Serves one device to any number of clients, each on a thread of its own. At most [#MOST_CLIENTS] are
/// connected at once; when another comes, the one that has been silent for longest goes, so nobody is locked
/// out by connections that somebody has left open.
public final class UapiServer implements AutoCloseable {
    static final int MOST_CLIENTS = 64;
    private static final long GRACE_NANOS = 1_000_000_000L;
    private static final long PAUSE_MILLIS = 100;

    private final UnixListener listener;
    private final ServedDevice device;
    private final Consumer<String> log;
    private final Lock turn = new ReentrantLock();
    private final Set<UapiSession> sessions = new HashSet<>();
    private final Thread acceptor;
    private volatile boolean closed;

    private UapiServer(UnixListener listener, ServedDevice device, Consumer<String> log) {
        this.listener = listener;
        this.device = device;
        this.log = log;
        this.acceptor = Thread.ofPlatform().daemon().name("uapi").unstarted(this::accept);
    }

    /// Starts to serve. The server closes `listener` when it is closed itself, but not `device`.
    ///
    /// @param log takes lines about refused requests and lost connections; never a secret
    public static UapiServer start(UnixListener listener, ServedDevice device, Consumer<String> log) {
        UapiServer server = new UapiServer(listener, device, log);
        server.acceptor.start();
        return server;
    }

    private void accept() {
        while (!closed) {
            try {
                admit(listener.accept());
            } catch (SystemException e) {
                if (!closed && !e.errno().is(Errno.ECONNABORTED)) {
                    log.accept("UAPI: no new clients for a moment: " + e.getMessage());
                    pause();
                }
            }
        }
    }

    /// No descriptor is free, perhaps: asking again at once would not change that.
    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(UnixStream stream) {
        UapiSession session = new UapiSession(stream, device, turn, log);
        synchronized (sessions) {
            if (closed || sessions.size() >= MOST_CLIENTS && !endOldest()) {
                stream.close();
                return;
            }
            sessions.add(session);
        }
        Thread.ofPlatform().daemon().name("uapi-client").start(() -> {
            try {
                session.serve();
            } finally {
                synchronized (sessions) {
                    sessions.remove(session);
                }
            }
        });
    }

    private boolean endOldest() {
        UapiSession oldest = null;
        for (UapiSession session : sessions) {
            if (!session.isApplying() && (oldest == null || session.since() - oldest.since() < 0)) {
                oldest = session;
            }
        }
        if (oldest == null || System.nanoTime() - oldest.since() < GRACE_NANOS) {
            return false;
        }
        // Its thread will see that; its place is free now.
        sessions.remove(oldest);
        oldest.end();
        return true;
    }

    /// Ends all connections, and takes no more. A request that the device is at work on is finished.
    @Override
    public void close() {
        closed = true;
        listener.shutdown();
        try {
            acceptor.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        listener.close();
        turn.lock();
        try {
            synchronized (sessions) {
                sessions.forEach(UapiSession::end);
            }
        } finally {
            turn.unlock();
        }
    }
}
