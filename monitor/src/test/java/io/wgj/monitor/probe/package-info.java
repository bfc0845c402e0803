// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.monitor.probe;

import org.jspecify.annotations.NullMarked;
