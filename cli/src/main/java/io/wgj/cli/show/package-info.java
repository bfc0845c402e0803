// SPDX-License-Identifier: Apache-2.0
/// A device's state as the text of `wg show` and `wg showconf`. Start from [PrettyRenderer] for people and
/// [FieldRenderer] for scripts. Pure: knows no device, no clock and no terminal.
@NullMarked
package io.wgj.cli.show;

import org.jspecify.annotations.NullMarked;
