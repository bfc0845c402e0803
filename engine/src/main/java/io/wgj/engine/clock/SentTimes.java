// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.clock;

import io.wgj.engine.core.TimeFloor;
import io.wgj.engine.crypto.Blake2s;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Never lets an engine send a timestamp that is older than those it sent before its start. A file for each
/// public key says up to which time timestamps may have been sent. It is written ahead, in steps, so that no
/// handshake waits for the disk, and a handshake in five minutes at most writes.
public final class SentTimes implements TimeFloor {
    /// How far ahead times are reserved; renewed when half of it is used up.
    static final long AHEAD_SECONDS = 600;

    private static final int NAME_BYTES = 16;

    private final KnownTimes times;
    private final Executor background;
    private @Nullable String name;
    private Instant floor = Instant.MIN;
    private long reserved;

    /// @param background writes the files, one after the other
    public SentTimes(KnownTimes times, Executor background) {
        this.times = times;
        this.background = background;
    }

    @Override
    public void use(byte @Nullable [] publicKey) {
        floor = Instant.MIN;
        reserved = 0;
        name = null;
        if (publicKey != null) {
            String own = nameOf(publicKey);
            name = own;
            Optional<KnownTimes.Times> earlier = times.read(own);
            if (earlier.isPresent()) {
                floor = earlier.get().reserved();
                reserved = floor.getEpochSecond();
            }
        }
    }

    /// The file's name does not show the key, which is known to peers alone.
    static String nameOf(byte[] publicKey) {
        byte[] hash = new byte[Blake2s.HASH_LENGTH];
        Blake2s.hash(hash, publicKey);
        return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    }

    @Override
    public Instant notBefore(Instant wall) {
        Instant time = wall.isBefore(floor) ? floor : wall;
        String own = name;
        if (own != null && time.getEpochSecond() + AHEAD_SECONDS / 2 >= reserved) {
            reserved = time.getEpochSecond() + AHEAD_SECONDS;
            KnownTimes.Times next = new KnownTimes.Times(Instant.ofEpochSecond(reserved), wall);
            background.execute(() -> times.write(own, next));
        }
        return time;
    }
}
