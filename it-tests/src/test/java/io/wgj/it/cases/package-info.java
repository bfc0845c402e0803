// SPDX-License-Identifier: Apache-2.0
/// The black-box cases of `wg` that need no kernel device: tables of shell lines ([io.wgj.it.cases.WgCase]),
/// each run with the original and with ours against scripted devices, and compared byte for byte. Start from
/// [io.wgj.it.cases.WgCaseSuite]; `EveryCaseHasATest` holds the ids against `docs/cases.md`. Knows no class
/// of the product.
@NullMarked
package io.wgj.it.cases;

import org.jspecify.annotations.NullMarked;
