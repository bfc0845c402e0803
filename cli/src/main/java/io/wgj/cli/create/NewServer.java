// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.json.NewFilesJson;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes a server and its clients.
final class NewServer {
    private final Invocation invocation;
    private final NewOptions options;
    private final NewKeys keys;

    NewServer(Invocation invocation, NewOptions options) {
        this.invocation = invocation;
        this.options = options;
        this.keys = new NewKeys(invocation.host());
    }

    NewTunnel make(List<String> operands) throws MisuseException, RefusalException {
        options.checkServer();
        String link = options.link();
        List<String> names = NewOptions.names(operands, link);
        String endpoint = options.endpoint()
                .orElseThrow(() -> new MisuseException(
                        "server: --endpoint is missing: the name or address that clients reach the server by"));
        List<IpPrefix> networks = options.networks();
        AddressPlan plan = new AddressPlan(networks.isEmpty() ? keys.networks() : networks, List.of());
        NewHost server = new NewHost(link, keys.privateKey(), plan.next(link));
        List<IpPrefix> given = options.allowedIps();
        ClientSettings settings = new ClientSettings(
                endpoint,
                server.publicKey(),
                options.dns().orElse(""),
                SectionText.list(given.isEmpty() ? plan.networks() : given),
                options.keepalive().orElse(ClientSettings.KEEPALIVE));

        NewFiles files = new NewFiles(invocation.host().quick(), options.folder());
        SectionText text = new SectionText().section(Section.INTERFACE);
        settings.remember(text);
        text.set(Key.ADDRESS, server.addresses()).set(Key.LISTEN_PORT, String.valueOf(NewOptions.port(endpoint)));
        NewKeys.set(text, server, options, files);
        List<NewClient> clients = new ArrayList<>();
        for (String name : names) {
            NewHost host = new NewHost(name, keys.privateKey(), plan.next(name));
            NewClient client = new NewClient(
                    host, options.hasPresharedKeys() ? Optional.of(keys.presharedKey()) : Optional.empty());
            client.addTo(text);
            clients.add(client);
        }
        List<NewFilesJson.File> written = new ArrayList<>();
        String path = files.add(link + ".conf", text.text());
        written.add(new NewFilesJson.File(
                path, true, link, server.publicKey(), server.addresses(), "the server, " + plural(clients.size())));
        for (NewClient client : clients) {
            written.add(client.addTo(files, settings, options));
        }
        files.create();
        Forwarding.check(invocation, plan.networks());
        List<NewFilesJson.Step> next = new ArrayList<>();
        next.add(NextSteps.bringUp("On the server", path, link));
        if (settings.sendsEverything()) {
            next.add(NextSteps.masquerade(link, plan.networks()));
        }
        List<String> paths = new ArrayList<>();
        for (NewClient client : clients) {
            paths.add(client.path(options));
            next.add(NextSteps.client(client.host().name(), client.path(options)));
        }
        return new NewTunnel(written, paths, next);
    }

    private static String plural(int clients) {
        return clients == 1 ? "1 client" : clients + " clients";
    }
}
