// SPDX-License-Identifier: Apache-2.0
/// Tests of the monitor's hooks with fakes and a clock that the test moves.
@NullMarked
package io.wgj.monitor.hooks;

import org.jspecify.annotations.NullMarked;
