// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.cli.watch;

import org.jspecify.annotations.NullMarked;
