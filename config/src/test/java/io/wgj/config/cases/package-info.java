// SPDX-License-Identifier: Apache-2.0
/// How a test of any module cites the behaviour that it pins: [Case], the type to start from. `docs/cases.md`
/// has one line for each id, and `EveryCaseHasATest` in `it-tests` compares the two. This package does not
/// know what a case says.
@NullMarked
package io.wgj.config.cases;

import org.jspecify.annotations.NullMarked;
