// SPDX-License-Identifier: Apache-2.0
/// `wgj monitor`: start from [MonitorCommand], which assembles the daemon of the module `monitor` and runs it in
/// the foreground. Knows no liveness and no protocol.
@NullMarked
package io.wgj.cli.monitor;

import org.jspecify.annotations.NullMarked;
