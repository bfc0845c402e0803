// SPDX-License-Identifier: Apache-2.0
/// Decides what `wgj-quick` does: [QuickPlanner], the type to start from, turns a file and a snapshot of the
/// host into a plan. `DownPlanner` and `ReloadPlanner` do the same for `down` and `reload`. Runs nothing,
/// reads no file and asks no resolver.
@NullMarked
package io.wgj.quick.plan;

import org.jspecify.annotations.NullMarked;
