// SPDX-License-Identifier: Apache-2.0
/// Cryptokey routing, held against the kernel's list of cases and against a table that is searched line by
/// line. Start from [AllowedIpsTest]. Knows nothing of the rest of the engine.
@NullMarked
package io.wgj.engine.allowed;

import org.jspecify.annotations.NullMarked;
