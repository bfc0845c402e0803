// SPDX-License-Identifier: Apache-2.0
/// Everything outside the process that a command may touch, as interfaces: start from [Host]. Commands know only
/// these, so a test runs them in memory. Knows no kernel and no command.
@NullMarked
package io.wgj.cli.host;

import org.jspecify.annotations.NullMarked;
