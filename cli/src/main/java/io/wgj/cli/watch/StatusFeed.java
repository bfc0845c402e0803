// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.command.RefusalException;
import io.wgj.monitor.model.MonitorStatus;

/// Where samples of peers come from.
interface StatusFeed {
    /// The state now.
    MonitorStatus next() throws RefusalException;
}
