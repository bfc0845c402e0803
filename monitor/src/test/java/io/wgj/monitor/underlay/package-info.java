// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.monitor.underlay;

import org.jspecify.annotations.NullMarked;
