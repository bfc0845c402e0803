// SPDX-License-Identifier: Apache-2.0
/// The order of delivery and the hand-over to workers, without packets. Start from [InOrderQueueTest].
@NullMarked
package io.wgj.engine.dispatch;

import org.jspecify.annotations.NullMarked;
