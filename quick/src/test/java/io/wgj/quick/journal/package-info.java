// SPDX-License-Identifier: Apache-2.0
/// Tests of the journal: what is written is read again, whatever happened in between.
@NullMarked
package io.wgj.quick.journal;

import org.jspecify.annotations.NullMarked;
