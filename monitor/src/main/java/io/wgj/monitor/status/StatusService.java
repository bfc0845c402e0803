// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.model.EventSource;
import io.wgj.monitor.model.MonitorServer;
import io.wgj.monitor.model.StatusSource;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The status socket as a part of the monitor.
public final class StatusService implements MonitorServer {
    private final String folder;
    private final long cookie;
    private final ScopeNames scopes;
    private @Nullable StatusServer server;

    /// @param folder of the sockets
    /// @param cookie of this network namespace
    /// @param scopes the names of interfaces, for endpoints with link-local addresses
    public StatusService(String folder, long cookie, ScopeNames scopes) {
        this.folder = folder;
        this.cookie = cookie;
        this.scopes = scopes;
    }

    /// Without a socket the monitor does the rest of its work, unless another monitor is there.
    @Override
    public void start(StatusSource status, EventSource events, Consumer<String> log) throws IOException {
        try {
            StatusSocket socket = StatusSocket.bind(folder, cookie, log);
            server = StatusServer.start(
                    socket,
                    status,
                    events,
                    scopes,
                    failure -> log.accept("status socket: it has failed and serves nothing any more: " + failure));
        } catch (StatusException failure) {
            if (failure.isTaken()) {
                throw new IOException(failure.sentence());
            }
            log.accept(failure.sentence() + "; going on without the socket");
        }
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
