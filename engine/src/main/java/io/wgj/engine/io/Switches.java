// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an operator may switch off where a kernel or a network card is broken. Everything is on unless said
/// otherwise, and used only where the kernel has it.
///
/// Each has an environment variable, 0 or 1, and a system property that wins over it: the same name in lower
/// case with dots (`WGJ_ENGINE_TUN_MERGE_TCP`, `wgj.engine.tun.merge.tcp`). How many threads carry packets is told
/// in the same way, by `WGJ_ENGINE_TX_QUEUES` and `WGJ_ENGINE_WORKERS` ([#told]).
///
/// @param tunOffloads `WGJ_ENGINE_TUN_OFFLOADS`: packets larger than the MTU at the TUN, in either direction
/// @param tunMergeTcp `WGJ_ENGINE_TUN_MERGE_TCP`: TCP segments joined before they are written to the TUN
/// @param tunMergeUdp `WGJ_ENGINE_TUN_MERGE_UDP`: UDP datagrams likewise
/// @param verifyMerged `WGJ_ENGINE_VERIFY_MERGED`: checksums verified before joining
/// @param udpSendTrains `WGJ_ENGINE_UDP_SEND_TRAINS`: several datagrams sent in one call
/// @param udpReceiveTrains `WGJ_ENGINE_UDP_RECEIVE_TRAINS`: several datagrams received in one call
/// @param equalLastSegment `WGJ_ENGINE_EQUAL_LAST_SEGMENT`: such a train may end with a datagram as long as
/// the others, which some kernels damage. Off, trains that would are sent one datagram at a time
public record Switches(
        boolean tunOffloads,
        boolean tunMergeTcp,
        boolean tunMergeUdp,
        boolean verifyMerged,
        boolean udpSendTrains,
        boolean udpReceiveTrains,
        boolean equalLastSegment) {
    /// Nothing switched off.
    public static final Switches ALL_ON = new Switches(true, true, true, true, true, true, true);

    /// As this process was told.
    public static Switches ofProcess() {
        return of(System::getProperty, System::getenv);
    }

    static Switches of(Source properties, Source environment) {
        return new Switches(
                isOn("TUN_OFFLOADS", properties, environment),
                isOn("TUN_MERGE_TCP", properties, environment),
                isOn("TUN_MERGE_UDP", properties, environment),
                isOn("VERIFY_MERGED", properties, environment),
                isOn("UDP_SEND_TRAINS", properties, environment),
                isOn("UDP_RECEIVE_TRAINS", properties, environment),
                isOn("EQUAL_LAST_SEGMENT", properties, environment));
    }

    /// Values by name; null for none.
    @FunctionalInterface
    interface Source {
        @Nullable
        String get(String name);
    }

    /// What this process was told beyond switches, under `WGJ_ENGINE_` and `word` or the property of that name;
    /// null when nothing.
    public static @Nullable String told(String word) {
        return value(word, System::getProperty, System::getenv);
    }

    private static boolean isOn(String word, Source properties, Source environment) {
        return !"0".equals(value(word, properties, environment));
    }

    private static @Nullable String value(String word, Source properties, Source environment) {
        String variable = "WGJ_ENGINE_" + word;
        String value = properties.get(variable.toLowerCase(Locale.ROOT).replace('_', '.'));
        return value == null ? environment.get(variable) : value;
    }
}
