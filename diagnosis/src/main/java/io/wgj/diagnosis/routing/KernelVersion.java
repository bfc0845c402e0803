// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

/// The first two numbers of a kernel's version.
public record KernelVersion(int major, int minor) {
    /// Stands for every kernel that is newer than the changes that a look-up knows.
    static final KernelVersion CURRENT = new KernelVersion(6, 18);

    /// The version in a text such as `6.1.0-44-amd64`; numbers that are missing are 0.
    public static KernelVersion parse(String release) {
        int[] numbers = new int[2];
        int part = 0;
        for (int i = 0; i < release.length() && part < 2; i++) {
            char c = release.charAt(i);
            if (c >= '0' && c <= '9') {
                numbers[part] = Math.min(numbers[part] * 10 + c - '0', 10_000);
            } else if (c == '.') {
                part++;
            } else {
                break;
            }
        }
        return new KernelVersion(numbers[0], numbers[1]);
    }

    /// Whether this kernel is of that version or a later one.
    public boolean isAtLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || major == otherMajor && minor >= otherMinor;
    }
}
