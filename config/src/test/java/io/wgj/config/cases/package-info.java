// SPDX-License-Identifier: Apache-2.0
/// How a test of any module says which behaviour of the original it pins: [Case], the type to start from. The list of
/// all ids, and the test that every one of them is claimed, are in `it-tests` (`cases.txt`, `EveryCaseHasATest`). Knows
/// nothing of what the cases say.
@NullMarked
package io.wgj.config.cases;

import org.jspecify.annotations.NullMarked;
