// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

/// What an operator may switch off, one by one. Each has an environment variable, 0 or 1, and a system property that
/// wins over it: the same name in lower case with dots (`WGJ_ENGINE_TUN_MERGE_TCP`, `wgj.engine.tun.merge.tcp`).
public enum EngineFeature {
    /// Packets larger than the MTU at the TUN, in either direction.
    TUN_OFFLOADS,
    /// UDP among them, in either direction.
    TUN_USO,
    /// TCP segments joined before they are written to the TUN.
    TUN_MERGE_TCP,
    /// UDP datagrams likewise.
    TUN_MERGE_UDP,
    /// Checksums verified before joining.
    VERIFY_MERGED,
    /// Several datagrams sent in one call.
    UDP_SEND_TRAINS,
    /// Several datagrams received in one call.
    UDP_RECEIVE_TRAINS,
    /// A train that is sent may end with a datagram as long as the others, which some kernels damage. Off, trains that
    /// would are sent one datagram at a time.
    EQUAL_LAST_SEGMENT;

    /// The environment variable.
    public String variable() {
        return "WGJ_ENGINE_" + name();
    }
}
