// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

/// The kernel that runs the tests.
final class KernelVersion {
    private KernelVersion() {}

    /// Since 6.16 single allowed IPs can be removed, and unknown flags are `EINVAL`.
    static boolean isAtLeast6_16() {
        String[] numbers = System.getProperty("os.version").split("[^0-9]+", 3);
        int major = Integer.parseInt(numbers[0]);
        return major > 6 || major == 6 && Integer.parseInt(numbers[1]) >= 16;
    }
}
