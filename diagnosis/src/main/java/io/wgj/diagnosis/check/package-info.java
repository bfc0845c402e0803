// SPDX-License-Identifier: Apache-2.0
/// Finds the traps in configuration files that a parser cannot see. Start with `FileChecks`, the table of all
/// checks; `CheckCode` has the codes, and `HostFacts` is the port to this host. The package changes nothing.
@NullMarked
package io.wgj.diagnosis.check;

import org.jspecify.annotations.NullMarked;
