// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.monitor.engine;

import org.jspecify.annotations.NullMarked;
