// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import java.util.List;

/// What one `allowed-ips` word or `AllowedIPs` line says.
///
/// @param entries in the order written, duplicates included
/// @param incremental whether any element has a `+` or `-`: the peer's prefixes are then changed, not replaced
/// @param warnings what `wg` prints about host bits, a line each
public record AllowedIpList(List<AllowedIpUpdate> entries, boolean incremental, List<String> warnings) {
    public AllowedIpList {
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }
}
