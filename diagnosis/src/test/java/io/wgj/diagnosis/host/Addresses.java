// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Random addresses and prefixes that are near each other, so that routes, rules and questions meet.
final class Addresses {
    private static final int[] LENGTHS4 = {0, 0, 8, 9, 16, 16, 23, 24, 24, 25, 30, 31, 32, 32, 1};
    private static final int[] LENGTHS6 = {0, 0, 16, 32, 48, 48, 63, 64, 64, 127, 128, 128, 1, 3};

    private final Random random;
    private final boolean fewPrefixes;
    private final List<String> pool4 = new ArrayList<>();
    private final List<String> pool6 = new ArrayList<>();

    Addresses(Random random, boolean fewPrefixes) {
        this.random = random;
        this.fewPrefixes = fewPrefixes;
        for (int i = 0; i < 4; i++) {
            pool4.add(fresh(IpFamily.V4));
            pool6.add(fresh(IpFamily.V6));
        }
    }

    String address(IpFamily family) {
        if (family == IpFamily.V4) {
            return "10." + one(1, 2, 3) + "." + one(0, 1, 2) + "." + one(1, 2, 3, 9, 129, 200);
        }
        String head = one("2001:db8:1", "2001:db8:1", "2001:db8:2", "fd00:1", "fd00:2");
        return head + ":" + one(0, 1, 2) + "::" + one("1", "2", "3", "9", "8000");
    }

    /// A prefix, or `default`.
    String prefix(IpFamily family) {
        if (fewPrefixes && random.nextDouble() < .75) {
            return one((family == IpFamily.V4 ? pool4 : pool6).toArray(String[]::new));
        }
        return fresh(family);
    }

    private String fresh(IpFamily family) {
        int length = one(family == IpFamily.V4 ? LENGTHS4 : LENGTHS6);
        if (length == 0) {
            return "default";
        }
        IpAddress base = family == IpFamily.V4 && length == 1
                ? IpAddress.ofV4(random.nextBoolean() ? 0 : 128 << 24)
                : IpAddress.parse(address(family)).orElseThrow();
        return new IpPrefix(base, length).masked().text();
    }

    /// An address inside a prefix: its first, its second, its last or any.
    IpAddress within(IpPrefix prefix) {
        int room = prefix.family().bits() - prefix.length();
        byte[] bytes = prefix.address().toBytes();
        byte[] host = new byte[bytes.length];
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> host[host.length - 1] = 1;
            case 2 -> java.util.Arrays.fill(host, (byte) 0xff);
            default -> random.nextBytes(host);
        }
        for (int bit = 0; bit < room; bit++) {
            int at = bytes.length - 1 - bit / 8;
            bytes[at] = (byte) (bytes[at] & ~(1 << bit % 8) | host[at] & 1 << bit % 8);
        }
        return IpAddress.of(bytes);
    }

    int one(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
