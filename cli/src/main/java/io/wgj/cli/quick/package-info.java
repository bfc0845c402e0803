// SPDX-License-Identifier: Apache-2.0
/// The words of `wg-quick`, and ours beside them: start from [QuickCommands]. Finds and judges files, tells what
/// is done
/// and what went wrong. Plans come from `io.wgj.quick.plan`, deeds from `io.wgj.quick.run`; this package knows
/// of both and does neither.
@NullMarked
package io.wgj.cli.quick;

import org.jspecify.annotations.NullMarked;
