// SPDX-License-Identifier: Apache-2.0
/// Rolls back runs with `--confirm` that were not confirmed in time and whose process was killed.
/// `TrialService`, the type to start from, looks for them; `io.wgj.quick.run.OverdueTrials` does the work.
/// Knows nothing of peers.
@NullMarked
package io.wgj.monitor.trials;

import org.jspecify.annotations.NullMarked;
