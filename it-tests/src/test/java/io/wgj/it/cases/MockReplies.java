// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

/// What a scripted device answers. `<K1>` and its like stand for keys in hexadecimal, `<now-65>` for the wall
/// clock's seconds less 65. An empty answer closes the connection.
///
/// @param get to `get=1`
/// @param set to `set=1`
record MockReplies(String get, String set) {
    private static final String OK = "errno=0\n\n";

    /// A device without keys and peers that accepts everything.
    static final MockReplies EMPTY = new MockReplies(OK, OK);

    /// With the lines of `state` before the `errno=0`.
    MockReplies withState(String state) {
        return withGet(state + OK);
    }

    MockReplies withGet(String reply) {
        return new MockReplies(Keys.hex(reply), set);
    }

    MockReplies withSet(String reply) {
        return new MockReplies(get, reply);
    }
}
