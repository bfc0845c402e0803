// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.monitor.model.DeviceSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Names and devices in memory.
final class MemoryEndpoints implements EndpointHost {
    final List<String> set = new ArrayList<>();
    List<Endpoint.Numeric> answers = List.of();
    int lookups;
    String failure = "";

    void answer(String... addresses) {
        answers = new ArrayList<>();
        for (String address : addresses) {
            answers.add(new Endpoint.Numeric(IpAddress.parse(address).orElseThrow(), 51820));
        }
    }

    @Override
    public List<Endpoint.Numeric> resolve(Endpoint.Named endpoint) throws IOException {
        lookups++;
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return answers;
    }

    @Override
    public void set(DeviceName iface, DeviceSource source, PublicKey peer, Endpoint.Numeric endpoint) {
        set.add(peer.toBytes()[0] + " " + endpoint);
    }
}
