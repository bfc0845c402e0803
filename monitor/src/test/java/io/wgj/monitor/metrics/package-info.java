// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.monitor.metrics;

import org.jspecify.annotations.NullMarked;
