// SPDX-License-Identifier: Apache-2.0
/// When the warm-up runs and that its packets arrive. Start from [WarmupTest].
@NullMarked
package io.wgj.engine.warmup;

import org.jspecify.annotations.NullMarked;
