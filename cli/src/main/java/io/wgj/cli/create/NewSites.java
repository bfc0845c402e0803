// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.json.NewFilesJson;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes several sites, each connected with each other.
final class NewSites {
    private final Invocation invocation;
    private final NewOptions options;
    private final NewKeys keys;

    /// A site as it is asked for.
    ///
    /// @param networks behind it
    /// @param endpoint empty for a site behind NAT
    private record Wanted(String name, List<IpPrefix> networks, Optional<String> endpoint) {}

    /// A site with its keys and addresses.
    private record Site(Wanted wanted, NewHost host) {
        /// What the other sites send to it.
        List<IpPrefix> allowedIps() {
            List<IpPrefix> all = new ArrayList<>(host.hostAddresses());
            all.addAll(wanted.networks);
            return all;
        }
    }

    NewSites(Invocation invocation, NewOptions options) {
        this.invocation = invocation;
        this.options = options;
        this.keys = new NewKeys(invocation.host());
    }

    NewTunnel make(List<String> operands) throws MisuseException, RefusalException {
        options.checkSite();
        List<Wanted> wanted = wanted(operands);
        List<IpPrefix> networks = options.networks();
        AddressPlan plan = new AddressPlan(networks.isEmpty() ? keys.networks() : networks, List.of());
        List<Site> sites = new ArrayList<>();
        for (Wanted one : wanted) {
            sites.add(new Site(one, new NewHost(one.name, keys.privateKey(), plan.next(one.name))));
        }
        Map<String, PresharedKey> shared = new HashMap<>();
        NewFiles files = new NewFiles(invocation.host().quick(), options.folder());
        List<NewFilesJson.File> written = new ArrayList<>();
        List<NewFilesJson.Step> next = new ArrayList<>();
        List<IpPrefix> forwarded = new ArrayList<>();
        for (Site site : sites) {
            String text = text(site, sites, shared, files);
            NewHost host = site.host;
            String path = files.add(host.name() + ".conf", text);
            written.add(new NewFilesJson.File(
                    path, true, host.name(), host.publicKey(), host.addresses(), SectionText.list(site.allowedIps())));
            next.add(NextSteps.bringUp("On the router of " + host.name(), path, host.name()));
            forwarded.addAll(site.wanted.networks);
        }
        files.create();
        Forwarding.check(invocation, forwarded);
        return new NewTunnel(written, List.of(), next);
    }

    private List<Wanted> wanted(List<String> operands) throws MisuseException {
        List<Wanted> wanted = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (String operand : operands) {
            Wanted one = wanted(operand);
            for (Wanted other : wanted) {
                check(one, other);
            }
            wanted.add(one);
            names.add(one.name);
        }
        if (NewOptions.names(names, "").size() < 2) {
            throw new MisuseException("site: a tunnel needs two sites, such as berlin=10.1.0.0/24@berlin.example.com"
                    + " lisbon=10.2.0.0/24");
        }
        return wanted;
    }

    /// `NAME[=NETWORK,...][@HOST[:PORT]]`
    private static Wanted wanted(String operand) throws MisuseException {
        int at = operand.indexOf('@');
        String left = at < 0 ? operand : operand.substring(0, at);
        int equals = left.indexOf('=');
        List<IpPrefix> networks = new ArrayList<>();
        if (equals >= 0) {
            for (IpPrefix network : NewOptions.prefixes(operand, left.substring(equals + 1))) {
                networks.add(network.masked());
            }
        }
        return new Wanted(
                NewOptions.name(equals < 0 ? left : left.substring(0, equals)),
                networks,
                at < 0 ? Optional.empty() : Optional.of(NewOptions.endpoint(operand.substring(at + 1))));
    }

    private static void check(Wanted one, Wanted other) throws MisuseException {
        if (one.endpoint.isEmpty() && other.endpoint.isEmpty()) {
            throw new MisuseException(other.name + ", " + one.name
                    + ": one of the two needs an endpoint that the other reaches: " + one.name + "@HOST[:PORT]");
        }
        for (IpPrefix mine : one.networks) {
            for (IpPrefix theirs : other.networks) {
                if (mine.contains(theirs) || theirs.contains(mine)) {
                    throw new MisuseException(other.name + ", " + one.name + ": their networks " + theirs + " and "
                            + mine + " overlap, so no packet could tell them apart");
                }
            }
        }
    }

    private String text(Site site, List<Site> sites, Map<String, PresharedKey> shared, NewFiles files)
            throws MisuseException {
        SectionText text = new SectionText().section(Section.INTERFACE).comment("Name = " + site.host.name());
        text.set(Key.ADDRESS, site.host.addresses());
        site.wanted.endpoint.ifPresent(
                endpoint -> text.set(Key.LISTEN_PORT, String.valueOf(NewOptions.port(endpoint))));
        NewKeys.set(text, site.host, options, files);
        // A site behind NAT is reached while it keeps the way open.
        String keepalive = options.keepalive().orElse(ClientSettings.KEEPALIVE);
        for (Site other : sites) {
            if (other != site) {
                text.section(Section.PEER)
                        .comment("Name = " + other.host.name())
                        .set(Key.PUBLIC_KEY, other.host.publicKey())
                        .set(Key.PRESHARED_KEY, presharedKey(site, other, shared))
                        .set(Key.ENDPOINT, other.wanted.endpoint.orElse(""))
                        .set(Key.ALLOWED_IPS, other.allowedIps())
                        .set(Key.PERSISTENT_KEEPALIVE, site.wanted.endpoint.isEmpty() ? keepalive : "");
            }
        }
        return text.text();
    }

    /// The same key from both sides.
    private String presharedKey(Site one, Site other, Map<String, PresharedKey> shared) {
        if (!options.hasPresharedKeys()) {
            return "";
        }
        String left = one.host.name();
        String right = other.host.name();
        String pair = left.compareTo(right) < 0 ? left + "/" + right : right + "/" + left;
        return shared.computeIfAbsent(pair, _ -> keys.presharedKey()).toBase64();
    }
}
