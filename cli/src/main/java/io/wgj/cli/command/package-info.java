// SPDX-License-Identifier: Apache-2.0
/// What all commands share: the [Invocation] they are given, exit codes, and failures as sentences. Start from
/// [Invocation]. Knows no single command.
@NullMarked
package io.wgj.cli.command;

import org.jspecify.annotations.NullMarked;
