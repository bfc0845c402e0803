// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.InterfaceStatus;
import io.wgj.monitor.model.MonitorStatus;
import io.wgj.monitor.model.StatusSource;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.monitor.protocol.StatusRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The replies about the present state, each written once and then shared by all clients that ask within a
/// moment. So 10,000 requests in a row cost little, and clients that read slowly hold few copies. Not for
/// several threads.
final class ReplyCache {
    private static final long FRESH_NANOS = 100_000_000;
    /// A long reply is kept for longer: with 5,000 peers it has 2 MB.
    private static final long FRESH_LONG_NANOS = 1_000_000_000;

    private static final int LONG = 1 << 18;
    private static final int NOT_FOUND = 5;

    private final StatusSource source;
    private final ReplyWriter writer;
    private final Map<StatusRequest, byte[]> replies = new HashMap<>();
    private @Nullable MonitorStatus status;
    private long since;
    private boolean holdsLong;

    ReplyCache(StatusSource source, ReplyWriter writer) {
        this.source = source;
        this.writer = writer;
    }

    /// The state, at most a moment old.
    ///
    /// @param nanos of any clock that goes on
    MonitorStatus status(long nanos) {
        MonitorStatus known = status;
        if (known == null || nanos - since > (holdsLong ? FRESH_LONG_NANOS : FRESH_NANOS)) {
            known = source.status();
            status = known;
            since = nanos;
            holdsLong = false;
            replies.clear();
        }
        return known;
    }

    /// The reply to a [StatusRequest.Status] or a [StatusRequest.Show].
    byte[] reply(StatusRequest request, long nanos) {
        MonitorStatus present = status(nanos);
        byte[] known = replies.get(request);
        if (known != null) {
            return known;
        }
        Optional<byte[]> written = write(request, present);
        if (written.isEmpty()) {
            // Not kept: a client may ask for any number of names.
            return writer.error(NOT_FOUND, "the monitor follows no such interface");
        }
        holdsLong |= written.get().length > LONG;
        replies.put(request, written.get());
        return written.get();
    }

    private Optional<byte[]> write(StatusRequest request, MonitorStatus present) {
        return switch (request) {
            case StatusRequest.Status one -> only(present, one.link()).map(writer::status);
            case StatusRequest.Show one -> only(present, one.link()).map(writer::show);
            case StatusRequest.Events _, StatusRequest.Wait _ -> throw new IllegalArgumentException("no such reply");
        };
    }

    private static Optional<MonitorStatus> only(MonitorStatus present, Optional<DeviceName> name) {
        if (name.isEmpty()) {
            return Optional.of(present);
        }
        for (InterfaceStatus link : present.interfaces()) {
            if (link.name().equals(name.get())) {
                return Optional.of(new MonitorStatus(present.time(), List.of(link)));
            }
        }
        return Optional.empty();
    }
}
