// SPDX-License-Identifier: Apache-2.0
/// The daemon `wgj monitor`: follows the interfaces of a network namespace, samples their devices, keeps a state
/// machine for each peer, and reports events. Start from [Monitor], which is one thread's work without any wait;
/// [MonitorProcess] is the process around it. Knows no status socket, no probes and no routes: these are
/// services that it is given.
@NullMarked
package io.wgj.monitor.run;

import org.jspecify.annotations.NullMarked;
