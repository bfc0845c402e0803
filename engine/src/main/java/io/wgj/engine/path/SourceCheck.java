// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.PeerLookup;

/// Whether what was decrypted is a packet that its peer may send. For one thread.
final class SourceCheck {
    private final DeviceCore core;
    private final PeerLookup lookup;

    SourceCheck(DeviceCore core) {
        this.core = core;
        this.lookup = core.newLookup();
    }

    /// How long the packet in `plain` bytes from `at` is; -1 (counted) when it is none that this peer may send.
    int length(Keypair keypair, byte[] array, int at, int plain) {
        int length = InnerPacket.lengthWithin(array, at, plain);
        if (length < 0) {
            core.drops().count(Drop.RX_BAD_INNER_PACKET);
            return -1;
        }
        int version = InnerPacket.version(array, at, length);
        if (!lookup.mayComeFrom(keypair.peer(), version, array, at)) {
            core.drops().count(Drop.RX_DISALLOWED_INNER_SOURCE);
            return -1;
        }
        return length;
    }
}
