// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import java.util.List;

/// A terminal that shows frames and reports keys: the port that tests replace.
interface Screen extends AutoCloseable {
    /// Its columns now, at least 1.
    int columns();

    /// Its lines now, at least 1.
    int rows();

    /// Shows these lines, Unicode with escape sequences, in place of the ones before.
    void draw(List<String> lines);

    /// Waits for keys.
    ///
    /// @param millis the longest time to wait
    /// @return those that were pressed; empty when the time is over
    List<Key> await(long millis);

    /// Whether the terminal has gone, or cannot be written any more.
    boolean isGone();

    /// Makes the terminal what it was before.
    @Override
    void close();
}
