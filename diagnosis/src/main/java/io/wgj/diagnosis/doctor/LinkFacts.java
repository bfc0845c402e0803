// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpPrefix;
import java.util.List;
import java.util.Optional;

/// What was observed of the interface.
///
/// @param up whether it is switched on
/// @param mtu in bytes; 0 when unknown
/// @param publicKey empty when the interface has no private key
/// @param listenPort 0 when it has none
/// @param mark of encrypted packets; 0 for none
/// @param peers how many it has
/// @param addresses its own, with the lengths of their networks
/// @param txErrors packets that the driver refused, during the observation
/// @param txDrops packets that could not be sent, during the observation
/// @param rxErrors packets that were refused after decryption, during the observation
public record LinkFacts(
        String name,
        Backend backend,
        boolean up,
        int mtu,
        Optional<PublicKey> publicKey,
        int listenPort,
        int mark,
        int peers,
        List<IpPrefix> addresses,
        long txErrors,
        long txDrops,
        long rxErrors) {
    public LinkFacts {
        addresses = List.copyOf(addresses);
    }
}
