// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.transport;

import io.wgj.netlink.codec.MalformedMessageException;
import io.wgj.netlink.codec.NetlinkMessage;

/// Takes the data messages of an answer, in their order.
@FunctionalInterface
public interface MessageHandler {
    /// For requests that are answered by an acknowledgement alone.
    MessageHandler NONE = message -> {};

    /// @param message valid during the call only
    void accept(NetlinkMessage message) throws MalformedMessageException;
}
