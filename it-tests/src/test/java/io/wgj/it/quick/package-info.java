// SPDX-License-Identifier: Apache-2.0
/// `wg-quick` beside `wgj-quick`: the same files and words through both, each in a [io.wgj.it.quick.World] of its
/// own, and everything compared that they say and leave behind. Start from [io.wgj.it.quick.QuickCase], a row, and
/// [io.wgj.it.quick.QuickCaseSuite], which runs a table of them.
@NullMarked
package io.wgj.it.quick;

import org.jspecify.annotations.NullMarked;
