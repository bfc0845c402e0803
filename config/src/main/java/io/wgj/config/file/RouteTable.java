// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

/// The table for the routes to peers. `auto` and `off` have a meaning in lower case alone; every other text is a
/// table.
public sealed interface RouteTable {
    /// The main table, and a separate table for a default route.
    record Auto() implements RouteTable {}

    /// No routes.
    record Off() implements RouteTable {}

    /// @param number 32 bits unsigned
    /// @param text as written, perhaps in hexadecimal
    record Numbered(int number, String text) implements RouteTable {
        /// A table written in decimal.
        public Numbered(int number) {
            this(number, Integer.toUnsignedString(number));
        }
    }

    /// A name that ip(8) may know.
    record Named(String name) implements RouteTable {}
}
