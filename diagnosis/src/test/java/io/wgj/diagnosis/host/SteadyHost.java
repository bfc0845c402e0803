// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.diagnosis.routing.HostSnapshot;

/// A host and answers about it between which nothing changed: IPv6 adds routes of addresses and notices lost
/// carriers a little later.
///
/// @param host before and after the asking
/// @param answers what was asked meanwhile
record SteadyHost<T>(HostSnapshot host, T answers) {
    private static final int MOST_TRIES = 20;

    /// Asks about a host.
    @FunctionalInterface
    interface Asking<T> {
        T about(HostSnapshot host) throws Exception;
    }

    /// Asks again until nothing changed meanwhile.
    static <T> SteadyHost<T> ask(SnapshotReader reader, Asking<T> asking) throws Exception {
        for (int tries = 1; ; tries++) {
            HostSnapshot before = reader.read();
            T answers = asking.about(before);
            HostSnapshot after = reader.read();
            if (tries == MOST_TRIES || isSame(before, after)) {
                return new SteadyHost<>(before, answers);
            }
        }
    }

    private static boolean isSame(HostSnapshot before, HostSnapshot after) {
        return before.devices().equals(after.devices())
                && before.rules().equals(after.rules())
                && before.routes().equals(after.routes())
                && before.neighbours().equals(after.neighbours());
    }
}
