// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.net.AddressResolver;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.ListenPort;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.text.PlanRenderer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A file of a test, and the updates that it leads to.
record QuickText(Tunnel tunnel, DeviceUpdate adding, DeviceUpdate replacing) {
    static final String PRIV = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    static final String K1 = "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=";

    /// `lines` of `[Interface]`, a line `[Peer]`, and those of the peer, separated by ` ; `; the keys are
    /// added.
    static QuickText of(String lines) {
        return ofFile("wg0", file(lines));
    }

    /// The tunnel of such a file, whose names are not looked up.
    static Tunnel unresolved(String lines) {
        return new Tunnel(new InterfaceName("wg0"), parse("wg0", file(lines)));
    }

    private static TunnelFile parse(String link, String text) {
        ParsedFile parsed = QuickConfigParser.parse(QuickFile.of(link + ".conf", text));
        if (!parsed.problems().isEmpty()) {
            throw new AssertionError(parsed.problems());
        }
        return parsed.readable();
    }

    private static String file(String lines) {
        List<String> text = new ArrayList<>(List.of("[Interface]", "PrivateKey = " + PRIV));
        for (String line : lines.split(" *;\\s*", -1)) {
            text.add(line);
            if (line.equals("[Peer]")) {
                text.add("PublicKey = " + K1);
            }
        }
        return String.join("\n", text) + "\n";
    }

    static QuickText ofFile(String link, String text) {
        TunnelFile file = parse(link, text);
        try {
            return new QuickText(
                    new Tunnel(new InterfaceName(link), file), file.adding(RESOLVER), file.replacing(RESOLVER));
        } catch (LocatedResolveException e) {
            throw new AssertionError(text, e);
        }
    }

    /// The tests' files have one name that needs a resolver: an address with a scope.
    private static final AddressResolver RESOLVER = new AddressResolver() {
        @Override
        public Endpoint.Numeric resolve(Endpoint.Named name) {
            if (!name.host().equals("fe80::1%eth0")) {
                throw new AssertionError(name);
            }
            IpAddress address = IpAddress.parse("fe80::1").orElseThrow();
            return new Endpoint.Numeric(address, Integer.parseInt(name.service()), 2);
        }

        @Override
        public int resolve(ListenPort.Service service) {
            throw new AssertionError(service);
        }
    };

    Plan up(Host host) throws PlanException {
        return QuickPlanner.up(tunnel, host.snapshot(), adding);
    }

    List<String> trace(List<Step> steps, Host host) {
        PlanRenderer renderer = new PlanRenderer(tunnel, host.snapshot().tables());
        List<String> lines = new ArrayList<>();
        for (Step step : steps) {
            for (String line : renderer.trace(step)) {
                lines.add(line.startsWith("[#] ") ? line.substring(4) : line);
            }
        }
        return lines;
    }

    /// Lines of a table's cell, which are separated by ` ; `.
    static List<String> lines(String cell) {
        return Arrays.asList(cell.strip().split("\\s*;\\s*"));
    }
}
