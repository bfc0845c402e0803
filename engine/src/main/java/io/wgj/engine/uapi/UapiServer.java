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
import java.util.function.LongSupplier;

/// Serves one device to any number of clients, each on a thread of its own. At most [#MOST_CLIENTS] are
/// served at once, fewer when descriptors run out. The next one waits until a place is free. For it the
/// server ends the connection that has been silent for longest, and for a second at least. So connections
/// that are left open cannot lock clients out.
public final class UapiServer implements AutoCloseable {
    static final int MOST_CLIENTS = 64;
    private static final long GRACE_NANOS = 1_000_000_000L;
    private static final long PAUSE_MILLIS = 100;
    private static final long BETWEEN_COMPLAINTS_NANOS = 60_000_000_000L;

    private final UnixListener listener;
    private final ServedDevice device;
    private final Consumer<String> log;
    private final Consumer<Throwable> failed;
    private final LongSupplier nanos;
    private final Lock turn = new ReentrantLock();
    private final Zones zones = new Zones();
    private final Set<UapiSession> sessions = new HashSet<>();
    /// Sessions that were ended for another one and whose threads have not yet closed their descriptors.
    private final Set<UapiSession> ending = new HashSet<>();
    private final Thread acceptor;
    private volatile boolean closed;
    /// When [#accept] last logged a failure, by [#nanos]; 0 when it has not.
    private long complaints;

    private UapiServer(
            UnixListener listener,
            ServedDevice device,
            Consumer<String> log,
            Consumer<Throwable> failed,
            LongSupplier nanos) {
        this.listener = listener;
        this.device = device;
        this.log = log;
        this.failed = failed;
        this.nanos = nanos;
        this.acceptor = Thread.ofPlatform().daemon().name("uapi").unstarted(this::run);
    }

    /// Starts to serve. The server closes `listener` when it is closed itself, but not `device`.
    ///
    /// @param log takes lines about refused requests and lost connections; never a secret
    /// @param failed called when no more clients are accepted, or when a thread of the server has failed
    public static UapiServer start(
            UnixListener listener, ServedDevice device, Consumer<String> log, Consumer<Throwable> failed) {
        return start(listener, device, log, failed, System::nanoTime);
    }

    /// The same, by the clock `nanos`, which counts nanoseconds from any beginning.
    static UapiServer start(
            UnixListener listener,
            ServedDevice device,
            Consumer<String> log,
            Consumer<Throwable> failed,
            LongSupplier nanos) {
        UapiServer server = new UapiServer(listener, device, log, failed, nanos);
        server.acceptor.start();
        return server;
    }

    private void run() {
        try {
            accept();
        } catch (SystemException | RuntimeException | Error failure) {
            if (!closed) {
                failed.accept(failure);
            }
        }
    }

    /// @throws SystemException when the socket takes no connections any more
    private void accept() throws SystemException {
        while (!closed) {
            UnixStream stream;
            try {
                // Otherwise the connection that got the last descriptor would be ended without a client that
                // waits.
                listener.awaitConnection();
                stream = listener.accept();
            } catch (SystemException e) {
                if (isFinal(e.errno())) {
                    throw e;
                }
                if (!closed && !e.errno().is(Errno.ECONNABORTED)) {
                    complain(e);
                    makeRoom();
                }
                continue;
            }
            admit(stream);
        }
    }

    /// Logs once a minute: while no descriptor is free, each one that becomes free lets in one client.
    private void complain(SystemException e) {
        long now = nanos.getAsLong();
        if (complaints == 0 || now - complaints > BETWEEN_COMPLAINTS_NANOS) {
            complaints = now;
            log.accept("UAPI: no new clients for a moment: " + e.getMessage());
        }
    }

    private static boolean isFinal(Errno errno) {
        return errno.is(Errno.EINVAL) || errno.is(Errno.EBADF) || errno.is(Errno.ENOTSOCK);
    }

    /// When no descriptor is free, an immediate retry would not help.
    private void makeRoom() {
        synchronized (sessions) {
            // One at a time: on a busy machine it takes a while until a descriptor is free.
            if (ending.isEmpty()) {
                endOldest();
            }
            pause();
        }
    }

    /// Waits until a session has ended, or a moment has passed.
    private void pause() {
        try {
            sessions.wait(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void admit(UnixStream stream) {
        UapiSession session = new UapiSession(stream, device, turn, zones, log, nanos);
        synchronized (sessions) {
            while (!closed && sessions.size() >= MOST_CLIENTS && !endOldest()) {
                pause();
            }
            if (closed) {
                stream.close();
                return;
            }
            sessions.add(session);
        }
        try {
            Thread.ofPlatform().daemon().name("uapi-client").start(() -> serve(session));
        } catch (OutOfMemoryError e) {
            // The system lets this process have no more threads.
            remove(session);
            stream.close();
            log.accept("UAPI: a client was refused: " + e.getMessage());
        }
    }

    private void serve(UapiSession session) {
        try {
            session.serve();
        } catch (RuntimeException | Error failure) {
            failed.accept(failure);
        } finally {
            remove(session);
        }
    }

    private void remove(UapiSession session) {
        synchronized (sessions) {
            sessions.remove(session);
            ending.remove(session);
            sessions.notifyAll();
        }
    }

    private boolean endOldest() {
        UapiSession oldest = null;
        for (UapiSession session : sessions) {
            if (!session.isApplying() && (oldest == null || session.since() - oldest.since() < 0)) {
                oldest = session;
            }
        }
        if (oldest == null || nanos.getAsLong() - oldest.since() < GRACE_NANOS) {
            return false;
        }
        // Its thread will notice; its place is free now.
        sessions.remove(oldest);
        ending.add(oldest);
        oldest.end();
        return true;
    }

    /// Ends all connections, and takes no more. A request that the device is working on is finished.
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
