// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;

/// Receives the data messages of an answer, in order.
@FunctionalInterface
public interface MessageHandler {
    /// For requests whose only answer is an acknowledgement.
    MessageHandler NONE = message -> {};

    /// @param message valid during the call only
    void accept(NetlinkMessage message) throws MalformedMessageException;
}
