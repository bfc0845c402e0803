// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// Where the routes to peers go. `auto` and `off` are words of wg-quick's, in lower case alone; all else is a
/// table.
public sealed interface RouteTable {
    /// The main table, and a table of its own for a default route.
    record Auto() implements RouteTable {}

    /// Nowhere.
    record Off() implements RouteTable {}

    /// @param number 32 bits unsigned
    /// @param text as written, perhaps in hexadecimal
    record Numbered(int number, String text) implements RouteTable {
        /// One that is written in decimal.
        public Numbered(int number) {
            this(number, Integer.toUnsignedString(number));
        }
    }

    /// A name that ip(8) may know.
    record Named(String name) implements RouteTable {}
}
