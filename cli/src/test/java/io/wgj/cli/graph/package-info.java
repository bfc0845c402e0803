// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.cli.graph;

import org.jspecify.annotations.NullMarked;
