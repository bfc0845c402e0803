// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import io.wgj.it.Command;

/// What a command might leave behind: links, named namespaces, namespaces that some process is in, mounts.
record Traces(String links, String namedNamespaces, String namespaces, String mounts) {
    static Traces now() {
        return new Traces(
                said("ip", "-o", "link"),
                said("ip", "netns", "list"),
                said("lsns", "-n", "-o", "NS,TYPE"),
                said("cat", "/proc/self/mountinfo"));
    }

    private static String said(String... words) {
        return Command.of(words).run().ok().stdout();
    }
}
