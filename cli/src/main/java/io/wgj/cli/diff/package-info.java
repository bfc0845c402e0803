// SPDX-License-Identifier: Apache-2.0
/// `wgj diff`: what syncconf would change. Start from [DiffCommand]; [DeviceSides] shows both sides, and
/// [UnifiedDiff] changes of any lines. Knows nothing of whole tunnels.
@NullMarked
package io.wgj.cli.diff;

import org.jspecify.annotations.NullMarked;
