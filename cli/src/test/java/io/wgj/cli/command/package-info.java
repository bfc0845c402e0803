// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.cli.command;

import org.jspecify.annotations.NullMarked;
