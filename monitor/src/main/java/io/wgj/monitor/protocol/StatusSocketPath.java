// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.protocol;

/// Where the status socket of a network namespace lies. Namespaces share `/run`, and each may have a monitor,
/// so all but the machine's first namespace have their cookie (`SO_NETNS_COOKIE`) in the name. A client finds
/// the socket of its own namespace without any privilege: the kernel tells every process the cookie of its
/// namespace.
public final class StatusSocketPath {
    /// The folder of the sockets.
    public static final String DEFAULT_FOLDER = "/run/wgj";

    /// The cookie of the namespace that the machine boots with: the kernel counts from 1
    /// (net/core/net_namespace.c).
    private static final long FIRST_NAMESPACE = 1;

    private StatusSocketPath() {}

    /// `status.sock` for the machine's first namespace, `status-4f.sock` for one with the cookie 0x4f.
    public static String of(String folder, long cookie) {
        return folder + (cookie == FIRST_NAMESPACE ? "/status.sock" : "/status-" + Long.toHexString(cookie) + ".sock");
    }
}
