// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

/// A feature that the operator may switch off, for example where a kernel or a network card is broken. Each
/// has an environment variable, 0 or 1, and a system property that wins over it: the same name in lower case
/// with dots (`WGJ_ENGINE_TUN_MERGE_TCP`, `wgj.engine.tun.merge.tcp`).
public enum EngineFeature {
    /// Packets larger than the MTU at the TUN, in either direction.
    TUN_OFFLOADS,
    /// Large UDP packets at the TUN, in either direction.
    TUN_USO,
    /// Joining TCP segments before they are written to the TUN.
    TUN_MERGE_TCP,
    /// Joining UDP datagrams before they are written to the TUN.
    TUN_MERGE_UDP,
    /// Verifying checksums before joining.
    VERIFY_MERGED,
    /// Sending several datagrams in one call.
    UDP_SEND_TRAINS,
    /// Receiving several datagrams in one call.
    UDP_RECEIVE_TRAINS,
    /// Trains whose last datagram is as long as the others. Some kernels damage it. When this is off, such
    /// trains are sent one datagram at a time.
    EQUAL_LAST_SEGMENT;

    /// The environment variable.
    public String variable() {
        return "WGJ_ENGINE_" + name();
    }
}
