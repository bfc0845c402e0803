// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.engine.clock;

import org.jspecify.annotations.NullMarked;
