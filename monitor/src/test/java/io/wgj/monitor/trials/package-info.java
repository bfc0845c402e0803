// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.monitor.trials;

import org.jspecify.annotations.NullMarked;
