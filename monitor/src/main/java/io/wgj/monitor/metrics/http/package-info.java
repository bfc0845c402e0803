// SPDX-License-Identifier: Apache-2.0
/// The HTTP server of the metrics: [HttpPages]. Its classes are loaded by a loader of their own, which sees the
/// JDK's HTTP server; no class elsewhere may name them.
@NullMarked
package io.wgj.monitor.metrics.http;

import org.jspecify.annotations.NullMarked;
