// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.json.NewFilesJson;
import io.wgj.config.file.Key;
import io.wgj.config.file.Section;
import io.wgj.config.key.PresharedKey;
import java.util.Optional;

/// A client that is being made.
///
/// @param presharedKey that it shares with the server
record NewClient(NewHost host, Optional<PresharedKey> presharedKey) {
    /// Adds the client's section to the server's file.
    void addTo(SectionText server) {
        server.section(Section.PEER)
                .comment("Name = " + host.name())
                .set(Key.PUBLIC_KEY, host.publicKey())
                .set(Key.PRESHARED_KEY, presharedKey.map(PresharedKey::toBase64).orElse(""))
                .set(Key.ALLOWED_IPS, host.hostAddresses());
    }

    /// Adds the client's own file to those to create.
    NewFilesJson.File addTo(NewFiles files, ClientSettings settings, NewOptions options) {
        SectionText text = new SectionText()
                .section(Section.INTERFACE)
                .comment("Name = " + host.name())
                .set(Key.ADDRESS, host.hostAddresses())
                .set(Key.DNS, settings.dns());
        NewKeys.set(text, host, options, files);
        text.section(Section.PEER)
                .comment("Name = server")
                .set(Key.PUBLIC_KEY, settings.serverKey())
                .set(Key.PRESHARED_KEY, presharedKey.map(PresharedKey::toBase64).orElse(""))
                .set(Key.ENDPOINT, settings.endpoint())
                .set(Key.ALLOWED_IPS, settings.allowedIps())
                .set(Key.PERSISTENT_KEEPALIVE, settings.keepalive());
        String path = files.add(host.name() + ".conf", text.text());
        return new NewFilesJson.File(
                path,
                true,
                host.name(),
                host.publicKey(),
                host.hostAddresses(),
                SectionText.list(host.hostAddresses()));
    }

    /// Where its file goes.
    String path(NewOptions options) {
        return NewFiles.path(options.folder(), host.name() + ".conf");
    }
}
