// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Tests the types that have one method with one call.
class SmallCallsTest {
    @Test
    void randomBytesDoNotRepeat() throws SystemException {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            byte[] key = Randomness.bytes(32);
            assertThat(key).hasSize(32);
            seen.add(Arrays.toString(key));
        }
        assertThat(seen).hasSize(1_000);
    }

    @Test
    void drawsMoreThanOneCallGives() throws SystemException {
        byte[] many = Randomness.bytes(10_000);
        boolean[] values = new boolean[256];
        for (int i = 9_000; i < 10_000; i++) {
            values[many[i] & 0xff] = true;
        }
        int different = 0;
        for (boolean value : values) {
            different += value ? 1 : 0;
        }
        // A thousand draws from 256 values miss about five; a tail of zeros would miss 255.
        assertThat(different).isGreaterThan(200);
    }

    @Test
    void interfacesHaveNamesAndIndexes() {
        int loopback = Interfaces.indexOf("lo");

        assertThat(loopback).isPositive();
        assertThat(Interfaces.nameOf(loopback)).isEqualTo("lo");
        assertThat(Interfaces.nameOf(0)).isEmpty();
        assertThat(Interfaces.nameOf(-1)).isEmpty();
        assertThat(Interfaces.indexOf("no-such-link")).isZero();
    }

    @Test
    void theUserIsTheOwnerOfThisProcess() throws Exception {
        Object owner = Files.getAttribute(Path.of("/proc/self"), "unix:uid");

        assertThat(Credentials.effectiveUserId()).isEqualTo(owner);
        assertThat(Files.readString(Path.of("/proc/self/status"))).contains("Uid:\t" + Credentials.userId() + "\t");
    }

    @Test
    void errorNumbersBelongToTheirThread() throws Exception {
        Thread other = Thread.ofPlatform().unstarted(() -> Libc.CLOSE.raw(-1));
        Libc.OPEN.raw(0, 0, 0, 0);
        int mine = CFunction.lastError();
        other.start();
        other.join();

        assertThat(mine).isEqualTo(Errno.EFAULT);
        assertThat(CFunction.lastError()).isEqualTo(Errno.EFAULT);
    }
}
