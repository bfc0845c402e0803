// SPDX-License-Identifier: Apache-2.0
/// Brings up every file below `examples/` as a reader would, and sends traffic through it.
///
/// Start from [io.wgj.it.examples.ExamplesTest]; [io.wgj.it.examples.Internet] makes the machines. Nothing here
/// knows how
/// wgj works inside.
@NullMarked
package io.wgj.it.examples;

import org.jspecify.annotations.NullMarked;
