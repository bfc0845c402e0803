// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.net.IpAddress;
import java.util.List;

/// The name that a peer's endpoint has in a file, and what it stands for now.
///
/// @param text the endpoint as it is written, such as `far.example:51820`
/// @param file where it is written
/// @param addresses of the name, at least one
public record NameFacts(String text, String file, List<IpAddress> addresses) {
    public NameFacts {
        addresses = List.copyOf(addresses);
    }

    /// Whether the name stands for other addresses than the one that packets go to.
    boolean isElsewhere(IpAddress endpoint) {
        return !addresses.contains(endpoint);
    }
}
