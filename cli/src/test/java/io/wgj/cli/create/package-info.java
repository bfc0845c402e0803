// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.cli.create;

import org.jspecify.annotations.NullMarked;
