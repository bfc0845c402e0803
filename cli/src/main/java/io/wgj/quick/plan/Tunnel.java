// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.QuickConfig;
import io.wgj.config.net.InterfaceName;

/// A file and the interface it is about.
///
/// @param link the interface's name, which is the file's
/// @param config what the file says to wg-quick and to us
public record Tunnel(InterfaceName link, QuickConfig config) {
    /// Its `[Interface]` section.
    InterfaceSection section() {
        return config.interfaceSection();
    }

    /// `%i` stands for the interface in hooks, routes and rules.
    String expand(String text) {
        return text.replace("%i", link.text());
    }
}
