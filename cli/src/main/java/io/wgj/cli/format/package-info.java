// SPDX-License-Identifier: Apache-2.0
/// `wgj fmt`: the canonical layout of configuration files. Start from [FmtCommand].
@NullMarked
package io.wgj.cli.format;

import org.jspecify.annotations.NullMarked;
