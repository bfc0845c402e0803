// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.net;

/// A listen port as a file or a command line gives it.
public sealed interface ListenPort {
    /// @param number 0 to 65535, host order; 0 lets the device choose
    record Numbered(int number) implements ListenPort {
        /// Throws `IllegalArgumentException` for a number out of range.
        public Numbered {
            if (number < 0 || number > 0xffff) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + number);
            }
        }
    }

    /// A service name (`domain`), or any other text that only the system's resolver can interpret.
    record Service(String name) implements ListenPort {}
}
