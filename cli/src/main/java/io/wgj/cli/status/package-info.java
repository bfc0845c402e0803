// SPDX-License-Identifier: Apache-2.0
/// The commands that ask the monitor: `status`, `wait` and `events`. Start from [StatusCommand]. They need no
/// privilege: [MonitorClient] asks over the status socket. Only `wait` can do without a monitor, by reading the
/// device itself.
@NullMarked
package io.wgj.cli.status;

import org.jspecify.annotations.NullMarked;
