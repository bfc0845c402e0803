// SPDX-License-Identifier: Apache-2.0
/// What the monitor knows and reports, as values, and the ports between its parts: start from [InterfaceStatus]
/// and [MonitorEvent]. The daemon implements [StatusSource] and [EventSource] for its clients and
/// [MonitorContext] for its [PeerService]s. Knows no device, no socket and no clock.
@NullMarked
package io.wgj.monitor.model;

import org.jspecify.annotations.NullMarked;
