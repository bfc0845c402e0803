// SPDX-License-Identifier: Apache-2.0
/// What the monitor knows, for Prometheus: start from [MetricsServer]. [StatusMetrics] turns a status into
/// metrics. Only a monitor that was asked for metrics loads these classes, and no client of them keeps it
/// waiting.
@NullMarked
package io.wgj.monitor.metrics;

import org.jspecify.annotations.NullMarked;
