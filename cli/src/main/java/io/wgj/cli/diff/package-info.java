// SPDX-License-Identifier: Apache-2.0
/// `wgj diff`: what syncconf would change. Start from [DiffCommand]; [UnifiedDiff] shows both sides. Knows nothing
/// of whole tunnels.
@NullMarked
package io.wgj.cli.diff;

import org.jspecify.annotations.NullMarked;
