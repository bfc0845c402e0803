// SPDX-License-Identifier: Apache-2.0
/// The protocol of the status socket: one JSON document a line, in both directions. Start from [StatusRequest],
/// what a client may ask, [ReplyWriter] and [ReplyReader], the answers, and [StatusSocketPath], where the
/// socket lies. Pure: knows no socket, no thread and no clock.
@NullMarked
package io.wgj.monitor.protocol;

import org.jspecify.annotations.NullMarked;
