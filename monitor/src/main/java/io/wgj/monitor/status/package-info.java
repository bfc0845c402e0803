// SPDX-License-Identifier: Apache-2.0
/// Serves the monitor's state to processes without privileges: the status socket. Start from [StatusServer];
/// one thread serves all clients, each a [Conversation], on the socket that [StatusSocket] has bound. Knows no
/// device and no command, and no secret ever reaches it.
@NullMarked
package io.wgj.monitor.status;

import org.jspecify.annotations.NullMarked;
