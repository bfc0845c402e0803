// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

import io.wgj.engine.core.DeviceCore;
import io.wgj.engine.core.Drop;
import io.wgj.engine.core.InnerPacket;
import io.wgj.engine.core.Keypair;
import io.wgj.engine.core.PeerLookup;

/// Checks that a decrypted packet is one that its peer may send. For one thread.
final class SourceCheck {
    private final DeviceCore core;
    private final PeerLookup lookup;

    SourceCheck(DeviceCore core) {
        this.core = core;
        this.lookup = core.newLookup();
    }

    /// The length of the packet in `plain` bytes from `at`. -1, counted as a drop, when its peer may not send
    /// it.
    int length(Keypair keypair, byte[] array, int at, int plain) {
        int length = InnerPacket.lengthWithin(array, at, plain);
        if (length < 0) {
            core.drops().count(Drop.RX_BAD_INNER_PACKET);
            return -1;
        }
        int version = InnerPacket.version(array, at, length);
        if (!lookup.mayComeFrom(keypair.peer(), version, array, at)) {
            core.drops().count(Drop.RX_DISALLOWED_INNER_SOURCE);
            lookup.recordSource(core.drops(), keypair.peer(), version, array, at);
            return -1;
        }
        return length;
    }
}
