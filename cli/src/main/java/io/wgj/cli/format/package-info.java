// SPDX-License-Identifier: Apache-2.0
/// `wgj fmt`: the canonical layout of configuration files. Start from [FmtCommand]; [UnifiedDiff] shows changes of
/// lines.
@NullMarked
package io.wgj.cli.format;

import org.jspecify.annotations.NullMarked;
