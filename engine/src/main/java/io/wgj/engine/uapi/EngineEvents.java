// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The events of one engine, as a connection to its socket brings them. One thread reads; [#end] is for any
/// thread.
public final class EngineEvents implements AutoCloseable {
    private static final int LONGEST_LINE = 1 << 12;
    private static final long CONNECT_MILLIS = 5_000;

    private final UnixStream stream;
    private final byte[] buffer = new byte[LONGEST_LINE];
    private int start;
    private int end;
    private boolean closed;

    private EngineEvents(UnixStream stream) {
        this.stream = stream;
    }

    /// Connects to the socket at `path`.
    ///
    /// @throws DeviceException `EPROTO` when the process behind the socket has no events: another
    ///     implementation, or an older engine; `EBUSY` when the engine has too many readers
    static EngineEvents open(String path) throws DeviceException {
        try {
            EngineEvents events = new EngineEvents(UnixStream.connect(path, CONNECT_MILLIS));
            try {
                events.begin();
                return events;
            } catch (SystemException | DeviceException e) {
                events.close();
                throw e;
            }
        } catch (SystemException e) {
            throw UapiErrors.of(e.errno().number(), e.operation() + " " + path);
        }
    }

    private void begin() throws SystemException, DeviceException {
        stream.write(UapiText.EVENTS_REQUEST.getBytes(StandardCharsets.US_ASCII));
        String first = line();
        if (first == null || !first.startsWith("errno=")) {
            throw UapiErrors.malformed("no events");
        }
        int errno = (int) Numbers.parse("errno", first.substring("errno=".length()), Integer.MAX_VALUE);
        if (errno != 0) {
            throw UapiErrors.of(errno, null);
        }
        line(); // The empty line behind the errno.
        stream.limitWaitingMillis(0);
    }

    /// Waits for the next event; empty when no more come: the engine has ended, this reader was too slow, or
    /// [#end] was called.
    ///
    /// @throws DeviceException `EPROTO` for a malformed line
    public Optional<EngineEvent> next() throws DeviceException {
        try {
            for (String line = line(); line != null; line = line()) {
                Optional<EngineEvent> event = EngineEvent.parse(line);
                if (event.isPresent()) {
                    return event;
                }
            }
            return Optional.empty();
        } catch (SystemException _) {
            return Optional.empty();
        }
    }

    private @Nullable String line() throws SystemException, DeviceException {
        int searched = start;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    String line = new String(buffer, start, i - start, StandardCharsets.ISO_8859_1);
                    start = i + 1;
                    return line;
                }
            }
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }
            if (end == buffer.length) {
                Arrays.fill(buffer, (byte) 0);
                throw UapiErrors.malformed("a line is too long");
            }
            searched = end;
            int got = stream.read(buffer, end, buffer.length - end);
            if (got == 0) {
                return null;
            }
            end += got;
        }
    }

    /// Any thread: makes [#next] return.
    public synchronized void end() {
        if (!closed) {
            stream.shutdown();
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            stream.close();
        }
    }
}
