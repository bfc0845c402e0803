// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.net.AddressResolver;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.ListenPort;
import io.wgj.config.net.ResolveException;
import java.util.ArrayList;
import java.util.List;

/// Knows the service `domain` and hosts that end in `.example`, and remembers what it was asked.
final class FakeResolver implements AddressResolver {
    private final List<String> asked = new ArrayList<>();

    List<String> asked() {
        return asked;
    }

    @Override
    public Endpoint.Numeric resolve(Endpoint.Named endpoint) throws ResolveException {
        asked.add(endpoint.text());
        if (!endpoint.host().endsWith(".example")) {
            throw new ResolveException("Name or service not known", endpoint.text());
        }
        return new Endpoint.Numeric(IpAddress.ofV4(0xc000_0201), Integer.parseInt(endpoint.service()));
    }

    @Override
    public int resolve(ListenPort.Service service) throws ResolveException {
        asked.add(service.name());
        if (!service.name().equals("domain")) {
            throw new ResolveException("Servname not supported for ai_socktype", service.name());
        }
        return 53;
    }
}
