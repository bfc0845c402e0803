// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.AddressResolver;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.ListenPort;
import io.wgj.config.net.ResolveException;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.wireguard.KernelDevice;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// A real tunnel of a file, and the environment that its runs need.
final class RealTunnel implements Environment {
    private final InterfaceName link;
    private final String text;

    RealTunnel(InterfaceName link, String text) {
        this.link = link;
        this.text = text;
    }

    /// @param replacing whether the configuration is for a reload
    TunnelRequest request(boolean replacing) {
        ParsedFile parsed = QuickConfigParser.parse(QuickFile.of(link + ".conf", text));
        if (!parsed.problems().isEmpty()) {
            throw new AssertionError(parsed.problems());
        }
        TunnelFile file = parsed.file().orElseThrow();
        Tunnel tunnel = new Tunnel(link, file);
        return new TunnelRequest(tunnel, "/nowhere/" + link + ".conf", new Configuration(file, replacing), _ -> {});
    }

    private record Configuration(TunnelFile file, boolean replacing) implements TunnelRequest.Configuration {
        private static final AddressResolver NONE = new AddressResolver() {
            @Override
            public Endpoint.Numeric resolve(Endpoint.Named endpoint) throws ResolveException {
                throw new ResolveException("no names here", endpoint.toString());
            }

            @Override
            public int resolve(ListenPort.Service service) throws ResolveException {
                throw new ResolveException("no names here", service.toString());
            }
        };

        @Override
        public DeviceUpdate resolve() {
            try {
                return replacing ? file.replacing(NONE) : file.adding(NONE);
            } catch (LocatedResolveException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public Set<Long> endpointFingerprints() {
            return Set.of();
        }

        @Override
        public long fingerprint(PublicKey peer) {
            return 0;
        }
    }

    String text() {
        return text;
    }

    PeerRouteRun peerRoutes(String root, Consumer<List<Step>> beforeSteps) {
        return new PeerRouteRun(this, new LinuxKernel(), listener(beforeSteps), root);
    }

    /// @param beforeSteps receives each step before it is performed
    QuickRun run(String root, Consumer<List<Step>> beforeSteps) {
        return run(root, new LinuxKernel(), beforeSteps);
    }

    /// @param kernel to run on
    QuickRun run(String root, Kernel kernel, Consumer<List<Step>> beforeSteps) {
        return new QuickRun(this, kernel, listener(beforeSteps), root);
    }

    private static ProgressListener listener(Consumer<List<Step>> beforeSteps) {
        return new ProgressListener() {
            @Override
            public void steps(List<Step> steps) {
                beforeSteps.accept(steps);
            }

            @Override
            public void line(String line) {}

            @Override
            public void remark(String sentence) {}
        };
    }

    @Override
    public WireGuardDevice device(InterfaceName name) {
        UapiSockets sockets = new UapiSockets();
        DeviceName device = new DeviceName(name.text());
        return sockets.exists(device) ? sockets.open(device) : new KernelDevice(device);
    }

    @Override
    public Optional<String> variable(String name) {
        return Optional.ofNullable(System.getenv(name));
    }

    @Override
    public List<String> ownEngine() {
        return List.of();
    }

    @Override
    public Optional<Duration> hookTimeout() {
        return Optional.of(Duration.ofMinutes(1));
    }

    /// Brings a file up and exits before a step, as after `kill -9`.
    ///
    /// Words: the interface, the file's text, the root of the journals, and how many steps come before it.
    public static void main(String[] words) throws Exception {
        int[] left = {Integer.parseInt(words[3])};
        RealTunnel tunnel = new RealTunnel(new InterfaceName(words[0]), words[1]);
        tunnel.run(words[2], steps -> {
                    if (left[0]-- == 0) {
                        Runtime.getRuntime().halt(137);
                    }
                })
                .up(tunnel.request(false));
    }
}
