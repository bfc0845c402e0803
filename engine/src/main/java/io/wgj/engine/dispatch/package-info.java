// SPDX-License-Identifier: Apache-2.0
/// Passes work between threads when there are more than two processors. [Worker] threads do it in any order,
/// and [InOrderQueue] delivers the results in the order of arrival. Start from [WorkerPool], through which an
/// I/O thread hands work over, and [WorkHandler], which does it. This package knows neither packets nor
/// sessions.
@NullMarked
package io.wgj.engine.dispatch;

import org.jspecify.annotations.NullMarked;
