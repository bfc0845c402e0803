// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.host.Host;
import io.wgj.config.file.Key;
import io.wgj.config.key.KeyText;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpPrefix;
import java.util.List;

/// Makes keys and private networks from the system's random numbers.
final class NewKeys {
    private final Host host;

    NewKeys(Host host) {
        this.host = host;
    }

    PrivateKey privateKey() {
        return PrivateKey.fromRandom(host.random(KeyText.KEY_LENGTH));
    }

    PresharedKey presharedKey() {
        return PresharedKey.of(host.random(KeyText.KEY_LENGTH));
    }

    /// A network of 10.0.0.0/8 and one of fd00::/8 (RFC 4193 asks for random ones), so that two tunnels of one
    /// host rarely clash.
    List<IpPrefix> networks() {
        byte[] random = host.random(8);
        byte[] v4 = {10, random[0], random[1], 0};
        byte[] v6 = new byte[16];
        v6[0] = (byte) 0xfd;
        System.arraycopy(random, 2, v6, 1, 5);
        return List.of(new IpPrefix(IpAddress.of(v4), 24), new IpPrefix(IpAddress.of(v6), 64));
    }

    /// Adds the private key of `owner`: itself, or the name of the file that will hold it.
    static void set(SectionText text, NewHost owner, NewOptions options, NewFiles files) {
        if (options.hasKeyFiles()) {
            String name = owner.name() + ".key";
            files.add(name, owner.key().toBase64() + "\n");
            text.set(Key.PRIVATE_KEY_FILE, name);
        } else {
            text.set(Key.PRIVATE_KEY, owner.key().toBase64());
        }
    }
}
