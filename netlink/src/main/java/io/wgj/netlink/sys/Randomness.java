// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Random numbers of the kernel, fit for keys (getrandom(2)); much cheaper to start than `SecureRandom`.
public final class Randomness {
    /// A signal may interrupt longer requests.
    private static final int AT_ONCE = 256;

    private Randomness() {}

    /// `count` random bytes; waits while the kernel's pool is not yet initialised, early at boot.
    public static byte[] bytes(int count) throws SystemException {
        byte[] random = new byte[count];
        try (NativeMemory memory = NativeMemory.allocate(Math.min(count, AT_ONCE))) {
            int done = 0;
            while (done < count) {
                int got = Libc.GETRANDOM.call(memory.address(), Math.min(count - done, AT_ONCE), 0);
                memory.bytes().get(0, random, done, got);
                done += got;
            }
            // Freed memory keeps its bytes; these may become a key.
            memory.bytes().put(0, new byte[memory.bytes().capacity()]);
        }
        return random;
    }
}
