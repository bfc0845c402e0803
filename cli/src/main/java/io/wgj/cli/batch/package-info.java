// SPDX-License-Identifier: Apache-2.0
/// `wgj batch`: many command lines in one process. Start from [BatchCommand]; [ShellWords] splits a line, and
/// [BatchHost] is the machine as the command of one line sees it. Knows no single command.
@NullMarked
package io.wgj.cli.batch;

import org.jspecify.annotations.NullMarked;
