// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.device.AllowedIpUpdate;
import java.util.List;

/// The value of one `allowed-ips` word or `AllowedIPs` line.
///
/// @param entries in the order written, duplicates included
/// @param incremental whether an element has a `+` or `-`, so that the peer keeps its other prefixes
/// @param warnings the lines that `wg` prints about host bits
public record AllowedIpList(List<AllowedIpUpdate> entries, boolean incremental, List<String> warnings) {
    public AllowedIpList {
        entries = List.copyOf(entries);
        warnings = List.copyOf(warnings);
    }
}
