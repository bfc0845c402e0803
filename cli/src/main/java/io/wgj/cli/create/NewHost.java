// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/// One end of a tunnel that is being made.
///
/// @param name its peers' name for it, and the name of its interface
/// @param addresses in the tunnel, with the lengths of the tunnel's networks
record NewHost(String name, PrivateKey key, List<IpPrefix> addresses) {
    NewHost {
        addresses = List.copyOf(addresses);
    }

    /// Its addresses alone, without the networks around them.
    List<IpPrefix> hostAddresses() {
        List<IpPrefix> single = new ArrayList<>();
        for (IpPrefix address : addresses) {
            single.add(IpPrefix.host(address.address()));
        }
        return single;
    }

    /// The public key in base64.
    String publicKey() {
        return key.publicKey().toBase64();
    }
}
