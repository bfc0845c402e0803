// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Interfaces;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One client's connection: its requests, one after the other, until it closes. A request that is not
/// finished with an empty line changes nothing.
final class UapiSession {
    /// Longer than any client pauses inside of a request, unless it does so on purpose.
    static final int PATIENCE_SECONDS = 30;

    private static final long MOST_BYTES = 1L << 28;

    private final UnixStream stream;
    private final ServedDevice device;
    private final Lock turn;
    private final Consumer<String> log;
    private volatile long since = System.nanoTime();
    private volatile boolean applying;

    /// @param turn held around each call of `device`
    UapiSession(UnixStream stream, ServedDevice device, Lock turn, Consumer<String> log) {
        this.stream = stream;
        this.device = device;
        this.turn = turn;
        this.log = log;
    }

    /// When the latest request was answered, or else the connection made, on the clock of
    /// [System#nanoTime()].
    long since() {
        return since;
    }

    /// Whether the device is at work for it.
    boolean isApplying() {
        return applying;
    }

    /// Ends it from another thread.
    void end() {
        stream.shutdown();
    }

    /// Serves until the client closes, says what is no operation, or stops in the middle of one.
    void serve() {
        try (stream;
                RequestLines lines = new RequestLines(stream);
                ReplyWriter reply = new ReplyWriter(stream)) {
            stream.limitWaiting(PATIENCE_SECONDS);
            while (awaitOperation(lines) && answer(lines, reply)) {
                since = System.nanoTime();
            }
        } catch (SystemException e) {
            if (!e.errno().is(Errno.EPIPE) && !e.errno().is(Errno.ECONNRESET)) {
                log.accept("UAPI: a client's connection is closed: " + e.getMessage());
            }
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
            case "wgj_get=1" -> facts(lines, reply);
            case "set=1" -> set(lines, reply);
            default -> {
                log.accept("UAPI: no such operation: " + Visible.of(operation));
                return false;
            }
        }
        return true;
    }

    private void get(RequestLines lines, ReplyWriter reply) throws SystemException {
        try {
            requireNothingElse(lines);
            DeviceState state = atTurn(device::read);
            reply.state(state, Interfaces::nameOf);
            reply.end(0);
        } catch (RequestException e) {
            refuse("get", e, reply, e.errno());
        }
    }

    private void facts(RequestLines lines, ReplyWriter reply) throws SystemException {
        try {
            requireNothingElse(lines);
            List<EngineFact> facts = atTurn(device::facts);
            reply.facts(facts);
            reply.end(0);
        } catch (RequestException e) {
            refuse("wgj_get", e, reply, e.errno());
        }
    }

    private static void requireNothingElse(RequestLines lines) throws SystemException, RequestException {
        boolean more = false;
        while (lines.next() && !lines.isEmpty()) {
            more = true;
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
            // Unlike those of get, numbers of set are negative: this is how clients have come to expect them.
            refuse("set", e, reply, -e.errno());
        }
    }

    private static SetRequest parse(RequestLines lines) throws SystemException, RequestException {
        SetParser parser = new SetParser(lines, Interfaces::indexOf);
        RequestException refusal = null;
        long bytes = 0;
        while (lines.next()) {
            if (lines.isEmpty()) {
                if (refusal != null) {
                    throw refusal;
                }
                return parser.close();
            }
            bytes += lines.length();
            if (bytes > MOST_BYTES) {
                throw new RequestException(Errno.EMSGSIZE, "more than " + MOST_BYTES + " bytes");
            }
            refusal = refusal == null ? refusalOf(parser) : refusal;
        }
        throw refusal == null ? new RequestException(Errno.EPROTO, "it ends without an empty line") : refusal;
    }

    private static @Nullable RequestException refusalOf(SetParser parser) {
        try {
            parser.line();
            return null;
        } catch (RequestException e) {
            return e;
        }
    }

    private void refuse(String operation, RequestException why, ReplyWriter reply, int errno) throws SystemException {
        log.accept("UAPI: " + operation + " is refused: " + why.getMessage());
        reply.end(errno);
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
