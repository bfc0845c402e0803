// SPDX-License-Identifier: Apache-2.0
/// Packets byte by byte. Start from [MergerTest] and [SegmenterTest]; [MergeAndCutTest] holds one against
/// the other.
@NullMarked
package io.wgj.engine.packet;

import org.jspecify.annotations.NullMarked;
