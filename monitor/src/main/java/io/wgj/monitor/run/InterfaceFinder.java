// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import java.io.IOException;
import java.util.List;

/// Finds the WireGuard interfaces of this network namespace.
public interface InterfaceFinder extends AutoCloseable {
    /// All of them, by index.
    List<FoundInterface> find() throws IOException;

    @Override
    void close();
}
