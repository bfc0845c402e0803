// SPDX-License-Identifier: Apache-2.0
/// Tests of the monitor's run with fakes and a clock that the test moves.
@NullMarked
package io.wgj.monitor.run;

import org.jspecify.annotations.NullMarked;
