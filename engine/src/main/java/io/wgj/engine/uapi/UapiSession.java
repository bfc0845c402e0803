// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One client's connection: its requests, one after the other, until it closes. A request without its closing
/// empty line changes nothing.
final class UapiSession {
    /// Longer than any client pauses inside a request, unless it does so on purpose.
    static final int PATIENCE_SECONDS = 30;

    private static final long MOST_BYTES = 1L << 28;

    private final UnixStream stream;
    private final ServedDevice device;
    private final Lock turn;
    private final Zones zones;
    private final Consumer<String> log;
    private final LongSupplier nanos;
    private volatile long since;
    private volatile boolean applying;
    private boolean closed;
    /// Whether the connection belongs to a feed of events now.
    private boolean handedOver;

    /// @param turn a lock held around each call of `device`
    /// @param zones the server's
    /// @param nanos the server's clock
    UapiSession(
            UnixStream stream, ServedDevice device, Lock turn, Zones zones, Consumer<String> log, LongSupplier nanos) {
        this.stream = stream;
        this.device = device;
        this.turn = turn;
        this.zones = zones;
        this.log = log;
        this.nanos = nanos;
        since = nanos.getAsLong();
    }

    /// When the latest request was answered, or the connection was made if no request was, by the server's
    /// clock.
    long since() {
        return since;
    }

    /// Whether the device is working on its request.
    boolean isApplying() {
        return applying;
    }

    /// Ends it from another thread.
    synchronized void end() {
        // The number of a closed descriptor may belong to another connection by now.
        if (!closed) {
            stream.shutdown();
        }
    }

    private synchronized void close() {
        closed = true;
        if (!handedOver) {
            stream.close();
        }
    }

    /// Serves until the client closes, sends something other than an operation, or stops in the middle of
    /// one.
    void serve() {
        try (RequestLines lines = new RequestLines(stream);
                ReplyWriter reply = new ReplyWriter(stream)) {
            stream.limitWaiting(PATIENCE_SECONDS);
            while (awaitOperation(lines) && answer(lines, reply)) {
                since = nanos.getAsLong();
            }
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EPIPE) && !e.errno().is(Errno.ECONNRESET)) {
                log.accept("UAPI: a client's connection is closed: " + e.getMessage());
            }
        } finally {
            close();
        }
    }

    private static boolean awaitOperation(RequestLines lines) throws SystemException {
        while (true) {
            try {
                return lines.next();
            } catch (SystemException e) {
                if (!e.errno().is(Errno.EAGAIN) || lines.hasBegun()) {
                    throw e;
                }
            }
        }
    }

    /// Whether the connection goes on.
    private boolean answer(RequestLines lines, ReplyWriter reply) throws SystemException {
        String operation = lines.text();
        switch (operation) {
            case "get=1" -> get(lines, reply);
            case "wgj_get=1" -> stats("wgj_get", device::stats, lines, reply);
            case "wgj_problems=1" ->
                stats("wgj_problems", () -> device.problems().lines(), lines, reply);
            case "set=1" -> set(lines, reply);
            case "wgj_events=1" -> {
                if (device.events().isPresent()) {
                    return follow(device.events().get(), lines, reply);
                }
                return unknown(operation);
            }
            default -> {
                if (operation.startsWith(UapiText.LOG_OPERATION)) {
                    setLogLevel(operation.substring(UapiText.LOG_OPERATION.length()), lines, reply);
                    return true;
                }
                return unknown(operation);
            }
        }
        return true;
    }

    private boolean unknown(String operation) {
        log.accept("UAPI: no such operation: " + Printable.excerpt(KeyMask.hide(operation)));
        return false;
    }

    /// Hands the connection over to the feed of events. Whether it goes on as a connection with requests.
    private boolean follow(EventFeed feed, RequestLines lines, ReplyWriter reply) throws SystemException {
        try {
            requireNothingElse(lines);
        } catch (RequestException e) {
            refuse("wgj_events", e, reply, e.errno());
            return true;
        }
        synchronized (this) {
            if (closed) {
                return false;
            }
            // From here on the number of the descriptor may be closed by the feed.
            closed = true;
            handedOver = feed.add(stream);
        }
        if (!handedOver) {
            refuse("wgj_events", new RequestException(Errno.EBUSY, "too many readers"), reply, Errno.EBUSY);
        }
        return false;
    }

    private void setLogLevel(String level, RequestLines lines, ReplyWriter reply) throws SystemException {
        try {
            requireNothingElse(lines);
            if (!device.setLogLevel(level)) {
                throw new RequestException(Errno.EINVAL, "wgj_log takes verbose, error and silent");
            }
            reply.end(0);
        } catch (RequestException e) {
            refuse("wgj_log", e, reply, -e.errno());
        }
    }

    private void get(RequestLines lines, ReplyWriter reply) throws SystemException {
        try {
            requireNothingElse(lines);
            DeviceState state = read(device::read);
            reply.state(state, zones);
            reply.end(0);
        } catch (RequestException e) {
            refuse("get", e, reply, e.errno());
        }
    }

    private void stats(String operation, Work<List<EngineStat>> work, RequestLines lines, ReplyWriter reply)
            throws SystemException {
        try {
            requireNothingElse(lines);
            List<EngineStat> stats = read(work);
            reply.stats(stats);
            reply.end(0);
        } catch (RequestException e) {
            refuse(operation, e, reply, e.errno());
        }
    }

    private static void requireNothingElse(RequestLines lines) throws SystemException, RequestException {
        boolean more = false;
        while (lines.next() && !lines.isEmpty()) {
            more = true;
            lines.dropCarriageReturn();
            if (lines.isEmpty()) {
                // For the client this was the end of the connection.
                break;
            }
        }
        if (more) {
            throw new RequestException(Errno.EINVAL, "lines after the operation");
        }
    }

    private void set(RequestLines lines, ReplyWriter reply) throws SystemException {
        try {
            SetRequest request = parse(lines);
            atTurn(() -> {
                device.apply(request);
                return true;
            });
            reply.end(0);
        } catch (RequestException e) {
            // Clients expect negative numbers for `set`, unlike for `get`.
            refuse("set", e, reply, -e.errno());
        }
    }

    /// Lines may end with CR LF, as in wireguard-go; the operation's first line may not.
    private SetRequest parse(RequestLines lines) throws SystemException, RequestException {
        SetParser parser = new SetParser(lines, zones);
        RequestException refusal = null;
        long bytes = 0;
        while (lines.next()) {
            bytes += lines.length();
            lines.dropCarriageReturn();
            if (lines.isEmpty()) {
                if (parser == null) {
                    throw Objects.requireNonNull(refusal);
                }
                return closed(parser);
            }
            if (bytes > MOST_BYTES) {
                throw new RequestException(Errno.EMSGSIZE, "more than " + MOST_BYTES + " bytes");
            }
            if (parser != null) {
                refusal = refusalOf(parser);
                // What it has read so far is useless then, and may take all the memory there is.
                parser = refusal == null ? parser : null;
            }
        }
        throw refusal == null ? new RequestException(Errno.EPROTO, "it ends without an empty line") : refusal;
    }

    private static @Nullable RequestException refusalOf(SetParser parser) {
        try {
            parser.line();
            return null;
        } catch (RequestException e) {
            return e;
        } catch (OutOfMemoryError _) {
            return tooLarge();
        }
    }

    private static SetRequest closed(SetParser parser) throws RequestException {
        try {
            return parser.close();
        } catch (OutOfMemoryError _) {
            throw tooLarge();
        }
    }

    private static RequestException tooLarge() {
        return new RequestException(Errno.ENOMEM, "too large for the engine's memory");
    }

    private void refuse(String operation, RequestException why, ReplyWriter reply, int errno) throws SystemException {
        log.accept("UAPI: " + operation + " is refused: " + why.getMessage());
        reply.end(errno);
    }

    /// Reads from the device, which an answer too large for the memory leaves as it is. (A change that is
    /// half done does not: that ends the engine.)
    private <T> T read(Work<T> work) throws RequestException {
        try {
            return atTurn(work);
        } catch (OutOfMemoryError _) {
            throw tooLarge();
        }
    }

    private <T> T atTurn(Work<T> work) throws RequestException {
        turn.lock();
        applying = true;
        try {
            return work.run();
        } catch (DeviceException e) {
            throw new RequestException(
                    e.errno() == 0 ? Errno.EIO : Math.abs(e.errno()), String.valueOf(e.getMessage()));
        } catch (RuntimeException bug) {
            throw new RequestException(Errno.EIO, "internal error: " + bug);
        } finally {
            applying = false;
            turn.unlock();
        }
    }

    private interface Work<T> {
        T run() throws DeviceException;
    }
}
