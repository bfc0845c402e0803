// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.endpoints;

import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.model.DeviceSource;
import io.wgj.netlink.sys.NameLookup;
import io.wgj.netlink.sys.NameLookupException;
import io.wgj.netlink.wireguard.KernelDevice;
import java.io.IOException;
import java.util.List;

/// The system's resolver and the devices of this host. A port: the services are tested without either. Its methods
/// wait, and may be called by several threads at once.
public interface EndpointHost {
    /// All addresses of a named endpoint, in the resolver's order, at least one.
    ///
    /// @throws IOException with a sentence that says why there is none
    List<Endpoint.Numeric> resolve(Endpoint.Named endpoint) throws IOException;

    /// Sets the endpoint of one peer, and nothing else.
    void set(DeviceName iface, DeviceSource source, PublicKey peer, Endpoint.Numeric endpoint) throws IOException;

    /// The one of the running system.
    static EndpointHost linux() {
        return new EndpointHost() {
            @Override
            public List<Endpoint.Numeric> resolve(Endpoint.Named endpoint) throws IOException {
                try {
                    return NameLookup.udp(endpoint.host(), endpoint.service(), 0);
                } catch (NameLookupException failure) {
                    throw new IOException(failure.getMessage(), failure);
                }
            }

            @Override
            public void set(DeviceName iface, DeviceSource source, PublicKey peer, Endpoint.Numeric endpoint)
                    throws IOException {
                PeerUpdate.Put put = PeerUpdate.Put.existing(peer, PeerSettings.NONE.withEndpoint(endpoint));
                try (WireGuardDevice device =
                        source == DeviceSource.KERNEL ? new KernelDevice(iface) : new UapiSockets().open(iface)) {
                    device.apply(DeviceUpdate.ofPeers(List.of(put)));
                } catch (DeviceException failure) {
                    throw new IOException(failure.getMessage(), failure);
                }
            }
        };
    }
}
