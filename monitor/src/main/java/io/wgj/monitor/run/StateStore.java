// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import java.io.IOException;

/// Where the saved state lies.
public interface StateStore {
    /// The text that was written last; empty when there is none.
    String read() throws IOException;

    /// Replaces the text in one step.
    void write(String text) throws IOException;

    /// The id of the present boot.
    String boot();
}
