// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.format.SoundFile;
import io.wgj.cli.json.NewFilesJson;
import io.wgj.cli.quick.FileKeys;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.file.FileText;
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerNames;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Adds clients to a server that has a file.
final class AddedClients {
    private final Invocation invocation;
    private final NewOptions options;
    private final NewKeys keys;

    AddedClients(Invocation invocation, NewOptions options) {
        this.invocation = invocation;
        this.options = options;
        this.keys = new NewKeys(invocation.host());
    }

    NewTunnel make(List<String> operands) throws MisuseException, RefusalException {
        options.checkClient();
        SoundFile server =
                SoundFile.read(invocation, "new", options.serverFile().orElseThrow());
        String path = server.path();
        List<String> names = NewOptions.names(operands, "");
        for (String name : names) {
            if (PeerNames.of(QuickFile.of(path, server.text())).containsValue(name)) {
                throw refusal(ExitCode.FAILED, path + ": there is a peer called " + name + "; choose another name");
            }
        }
        AddressPlan plan = plan(path, server.file());
        ClientSettings settings = settings(path, server, plan);
        NewFiles files = new NewFiles(invocation.host().quick(), options.folder());
        List<NewFilesJson.File> written = new ArrayList<>();
        List<NewFilesJson.Step> next = new ArrayList<>();
        List<String> paths = new ArrayList<>();
        FileText changed = server.lines();
        next.add(NextSteps.reload(path));
        for (String name : names) {
            NewClient client = new NewClient(
                    new NewHost(name, keys.privateKey(), plan.next(name)),
                    options.hasPresharedKeys() ? Optional.of(keys.presharedKey()) : Optional.empty());
            SectionText section = new SectionText();
            client.addTo(section);
            changed = changed.withSection(section.text());
            written.add(client.addTo(files, settings, options));
            paths.add(client.path(options));
            next.add(NextSteps.client(name, client.path(options)));
        }
        written.add(new NewFilesJson.File(
                path, false, "", settings.serverKey(), List.of(), "with " + String.join(", ", names)));
        SoundFile.refuseProblems("new", path, changed.text());
        files.create();
        try {
            server.replace(invocation, "new", changed.text());
        } catch (RefusalException failure) {
            files.remove();
            throw failure;
        }
        Forwarding.check(invocation, plan.networks());
        return new NewTunnel(written, paths, next);
    }

    /// The networks of the server's addresses, and what its peers have of them.
    private static AddressPlan plan(String path, TunnelFile server) throws RefusalException {
        List<IpPrefix> networks = new ArrayList<>();
        List<IpPrefix> used = new ArrayList<>();
        for (Located<IpPrefix> address : server.interfaceSection().addresses()) {
            IpPrefix prefix = address.value();
            used.add(IpPrefix.host(prefix.address()));
            if (prefix.length() <= prefix.address().bits() - 2) {
                networks.add(prefix.masked());
            }
        }
        if (networks.isEmpty()) {
            throw refusal(
                    ExitCode.INVALID,
                    path + ": no Address has a network for clients; write it as Address = 10.9.0.1/24");
        }
        for (PeerSection peer : server.peers()) {
            for (AllowedIpUpdate allowed : peer.settings().allowedIps()) {
                used.add(allowed.prefix());
            }
        }
        return new AddressPlan(networks, used);
    }

    private ClientSettings settings(String path, SoundFile server, AddressPlan plan)
            throws MisuseException, RefusalException {
        FileText lines = server.lines();
        Optional<String> endpoint = options.endpoint();
        if (endpoint.isEmpty()) {
            endpoint = ClientSettings.remembered(lines, Key.ENDPOINT);
        }
        if (endpoint.isEmpty()) {
            throw new MisuseException("client: --endpoint is missing: the name or address that clients reach the server"
                    + " by; " + path + " has no comment `# Client Endpoint = HOST:PORT'");
        }
        Optional<PrivateKey> key = FileKeys.complete(invocation, "new", path, server.file())
                .interfaceSection()
                .privateKey();
        if (key.isEmpty()) {
            throw refusal(ExitCode.INVALID, path + ": [Interface] has no private key; `wgj genkey' makes one");
        }
        Optional<String> dns = options.dns();
        Optional<String> keepalive = options.keepalive();
        List<IpPrefix> allowed = options.allowedIps();
        return new ClientSettings(
                endpoint.get(),
                key.get().publicKey().toBase64(),
                dns.isPresent()
                        ? dns.get()
                        : ClientSettings.remembered(lines, Key.DNS).orElse(""),
                allowed.isEmpty()
                        ? ClientSettings.remembered(lines, Key.ALLOWED_IPS).orElse(SectionText.list(plan.networks()))
                        : SectionText.list(allowed),
                keepalive.isPresent()
                        ? keepalive.get()
                        : ClientSettings.remembered(lines, Key.PERSISTENT_KEEPALIVE)
                                .orElse(ClientSettings.KEEPALIVE));
    }

    private static RefusalException refusal(int code, String sentence) {
        return new RefusalException(code, List.of(), List.of("new: " + sentence + "; nothing was written"));
    }
}
