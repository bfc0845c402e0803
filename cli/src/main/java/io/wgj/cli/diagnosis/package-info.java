// SPDX-License-Identifier: Apache-2.0
/// The commands that say what is wrong. Each prints what `io.wgj.diagnosis` finds, as text or as JSON, and decides
/// nothing by itself.
@NullMarked
package io.wgj.cli.diagnosis;

import org.jspecify.annotations.NullMarked;
