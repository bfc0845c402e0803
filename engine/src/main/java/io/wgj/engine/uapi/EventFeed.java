// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.netlink.sys.EventFd;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Sends events to those who read them, each a connection. [#publish] never waits: one thread sends, and drops a
/// reader whose socket is full. Without a reader there is no thread, and publishing is one load.
public final class EventFeed implements AutoCloseable {
    /// The most readers at once.
    static final int MOST_READERS = 256;
    /// The most events that wait for the thread.
    static final int MOST_WAITING = 4_096;

    private static final byte[] ACCEPTED = "errno=0\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Consumer<String> log;
    private final EventFd wake;
    private final Queue<EngineEvent> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waitingCount = new AtomicInteger();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean hasReaders;
    /// Guarded by this object; the thread alone removes.
    private final List<UnixStream> readers = new ArrayList<>();

    private @Nullable Thread thread;
    private boolean closed;

    private EventFeed(EventFd wake, Consumer<String> log) {
        this.wake = wake;
        this.log = log;
    }

    /// @param log takes a line when a reader is dropped
    public static EventFeed open(Consumer<String> log) throws SystemException {
        return new EventFeed(EventFd.open(), log);
    }

    /// Any thread: whether publishing reaches anyone. A caller that would have to build an event asks first.
    public boolean hasReaders() {
        return hasReaders;
    }

    /// Any thread: passes an event to all readers. Never waits. When too many wait already, the event is left out,
    /// and readers are told how many were.
    public void publish(EngineEvent event) {
        if (!hasReaders) {
            return;
        }
        if (waitingCount.incrementAndGet() > MOST_WAITING) {
            waitingCount.decrementAndGet();
            lost.incrementAndGet();
        } else {
            waiting.add(event);
        }
        wake.signal();
    }

    /// Takes over a connection: answers its request, and sends events from here on.
    ///
    /// @return false when there are too many readers, or no more events will come; the caller keeps the connection
    ///     then
    synchronized boolean add(UnixStream reader) {
        if (closed || readers.size() >= MOST_READERS) {
            return false;
        }
        if (thread == null) {
            // What came in since the last reader left.
            waiting.clear();
            waitingCount.set(0);
        }
        // A reader that has its answer must miss no event.
        hasReaders = true;
        if (reader.offer(ACCEPTED) != ACCEPTED.length) {
            hasReaders = thread != null;
            return false;
        }
        readers.add(reader);
        if (thread == null) {
            Thread sender = Thread.ofPlatform().daemon().name("events").unstarted(this::send);
            thread = sender;
            sender.start();
        } else {
            wake.signal();
        }
        return true;
    }

    /// Sends until there is no reader any more.
    private void send() {
        List<UnixStream> served = snapshot();
        while (!served.isEmpty()) {
            List<UnixStream> gone = new ArrayList<>();
            try (PollSet ready = new PollSet(descriptors(served))) {
                while (gone.isEmpty() && isCurrent(served)) {
                    ready.await(-1);
                    wake.clear();
                    for (int i = 0; i < served.size(); i++) {
                        // A reader has nothing to say. It has closed, or it does not speak this protocol.
                        if (ready.isReady(i + 1)) {
                            gone.add(served.get(i));
                        }
                    }
                    sendWaiting(gone);
                }
            }
            remove(gone);
            served = snapshot();
        }
    }

    private int[] descriptors(List<UnixStream> served) {
        int[] descriptors = new int[served.size() + 1];
        descriptors[0] = wake.descriptor();
        for (int i = 0; i < served.size(); i++) {
            descriptors[i + 1] = served.get(i).descriptor();
        }
        return descriptors;
    }

    private void sendWaiting(List<UnixStream> gone) {
        List<EngineEvent> events = new ArrayList<>();
        for (EngineEvent event = waiting.poll(); event != null; event = waiting.poll()) {
            waitingCount.decrementAndGet();
            events.add(event);
        }
        long missing = lost.getAndSet(0);
        if (missing > 0) {
            events.add(EngineEvent.of(EngineEvent.Kind.LOST, 0, Long.toString(missing)));
        }
        if (!events.isEmpty()) {
            // Looked up after the events were taken: a reader that was added before one of them must get it.
            List<UnixStream> all = all();
            events.forEach(event -> sendLine(event, all, gone));
        }
    }

    private synchronized List<UnixStream> all() {
        return List.copyOf(readers);
    }

    private static void sendLine(EngineEvent event, List<UnixStream> all, List<UnixStream> gone) {
        byte[] line = (event.line() + "\n").getBytes(StandardCharsets.US_ASCII);
        for (UnixStream reader : all) {
            if (!gone.contains(reader) && reader.offer(line) != line.length) {
                gone.add(reader);
            }
        }
    }

    private synchronized boolean isCurrent(List<UnixStream> served) {
        return !closed && served.size() == readers.size();
    }

    /// The readers to serve; empty, and the thread ends, when there are none.
    private synchronized List<UnixStream> snapshot() {
        if (closed) {
            readers.forEach(UnixStream::close);
            readers.clear();
        }
        if (readers.isEmpty()) {
            hasReaders = false;
            thread = null;
            waiting.clear();
            waitingCount.set(0);
            lost.set(0);
        }
        return List.copyOf(readers);
    }

    private synchronized void remove(List<UnixStream> gone) {
        for (UnixStream reader : gone) {
            readers.remove(reader);
            reader.close();
        }
        if (!gone.isEmpty()) {
            log.accept("UAPI: readers of events left: " + gone.size() + "; " + readers.size() + " are left");
        }
    }

    /// Ends all connections. No thread may publish any more.
    @Override
    public void close() {
        Thread sender;
        synchronized (this) {
            closed = true;
            sender = thread;
        }
        if (sender != null) {
            wake.signal();
            try {
                sender.join();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        wake.close();
    }
}
