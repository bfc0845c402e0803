// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.cli.host.Monitor;
import io.wgj.cli.host.MonitorException;
import io.wgj.cli.host.MonitorException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A monitor in memory: lines to be received, and the requests that were sent.
public final class MemoryMonitor implements Monitor {
    public final List<String> requests = new ArrayList<>();
    private final Deque<String> lines = new ArrayDeque<>();
    /// What connecting fails with.
    public Reason absence = Reason.NONE;
    /// What receiving fails with when no line is left.
    public Reason after = Reason.ENDED;

    private boolean present;

    /// Makes the monitor be there, with these lines to be received, in UTF-8.
    public void answers(byte[]... replies) {
        present = true;
        for (byte[] reply : replies) {
            lines.addAll(new String(reply, StandardCharsets.UTF_8).lines().toList());
        }
    }

    @Override
    public String path() {
        return "/run/wgj/status.sock";
    }

    @Override
    public Connection connect() throws MonitorException {
        if (!present) {
            throw new MonitorException(absence, 0);
        }
        return new Connection() {
            @Override
            public void send(byte[] line) {
                requests.add(new String(line, StandardCharsets.UTF_8).strip());
            }

            @Override
            public byte[] receive(long millis) throws MonitorException {
                if (lines.isEmpty()) {
                    throw new MonitorException(after, 0);
                }
                return lines.remove().getBytes(StandardCharsets.UTF_8);
            }

            @Override
            public void close() {}
        };
    }
}
