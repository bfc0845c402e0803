// SPDX-License-Identifier: Apache-2.0
/// The data path step by step, on the thread of the test. Start from [TxPathTest].
@NullMarked
package io.wgj.engine.path;

import org.jspecify.annotations.NullMarked;
