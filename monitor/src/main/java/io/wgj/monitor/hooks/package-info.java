// SPDX-License-Identifier: Apache-2.0
/// Runs users' scripts when peers come up and go down: `PeerUp` and `PeerDown` of a configuration file, and the
/// executables in `/etc/wgj/hooks.d`. Start from [HookQueue], which keeps the order; [HookProcesses] starts the
/// processes. Knows no device and no liveness beyond the event that it is given.
@NullMarked
package io.wgj.monitor.hooks;

import org.jspecify.annotations.NullMarked;
