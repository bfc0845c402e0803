// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import io.wgj.it.Command;

/// What a command might leave behind: links, named namespaces, namespaces that some process is in, mounts, and its own
/// kind of folder.
record Traces(String links, String namedNamespaces, String namespaces, String mounts, String temporary) {
    static Traces now() {
        return new Traces(
                said("ip", "-o", "link"),
                said("ip", "netns", "list"),
                said("lsns", "-n", "-o", "NS,TYPE"),
                said("cat", "/proc/self/mountinfo"),
                said("ls", "/tmp", "/run"));
    }

    private static String said(String... words) {
        return Command.of(words).run().ok().stdout();
    }
}
