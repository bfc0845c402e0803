// SPDX-License-Identifier: Apache-2.0
/// Keeps the journal of each tunnel below `/run/wgj`, so that a later run can undo what an earlier run did.
/// [JournalWriter] writes it, [Journal] reads it, and [Journals] knows where the files are. Undoes nothing
/// itself.
@NullMarked
package io.wgj.quick.journal;

import org.jspecify.annotations.NullMarked;
