// SPDX-License-Identifier: Apache-2.0
/// Tests of the journal: what is written is read again, also after a run was killed or a file damaged.
@NullMarked
package io.wgj.quick.journal;

import org.jspecify.annotations.NullMarked;
