// SPDX-License-Identifier: Apache-2.0
/// Runs the test classes of a ring outside Maven. Start with [io.wgj.it.ring.RunRing], which `grounds/junit`
/// starts. Knows neither the product nor its tests.
@NullMarked
package io.wgj.it.ring;

import org.jspecify.annotations.NullMarked;
