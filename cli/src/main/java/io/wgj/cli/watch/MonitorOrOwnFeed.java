// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.cli.status.MonitorClient;
import io.wgj.config.net.DeviceName;
import io.wgj.monitor.model.MonitorStatus;
import java.util.List;
import java.util.Optional;

/// Asks the monitor as long as it answers, and else reads the devices itself.
final class MonitorOrOwnFeed implements StatusFeed {
    private final Optional<DeviceName> link;
    private final MonitorClient monitor;
    private final OwnFeed own;
    private boolean alone;

    /// @param link the one interface; empty for all
    MonitorOrOwnFeed(Host host, Optional<DeviceName> link) {
        this.link = link;
        this.monitor = new MonitorClient(host, "watch");
        this.own = new OwnFeed(host, link);
    }

    @Override
    public MonitorStatus next() throws RefusalException {
        if (alone) {
            return own.next();
        }
        try {
            return monitor.status(link).status();
        } catch (RefusalException refusal) {
            MonitorStatus status = ownInstead(refusal);
            // The monitor does not follow it, or is gone. Switching to and fro would make the states jump.
            alone = true;
            return status;
        }
    }

    /// @param refusal of the monitor
    private MonitorStatus ownInstead(RefusalException refusal) throws RefusalException {
        try {
            return own.next();
        } catch (RefusalException failure) {
            if (failure.code() != ExitCode.NOT_PERMITTED) {
                throw failure;
            }
            // Both ways out: root, or a monitor.
            String reason = refusal.remarks().isEmpty() ? "" : refusal.remarks().getFirst();
            throw new RefusalException(
                    failure.code(), List.of(), List.of(failure.remarks().getFirst(), reason));
        }
    }
}
