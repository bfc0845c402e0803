// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.json.NewFilesJson;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/// What to do with files that were made, as commands.
final class NextSteps {
    private static final String FOLDER = "/etc/wireguard/";
    private static final String SUFFIX = ".conf";

    private NextSteps() {}

    /// Installs a file on its host and brings the tunnel up now and at every boot.
    static NewFilesJson.Step bringUp(String where, String path, String link) {
        return new NewFilesJson.Step(
                where + ", with a copy of " + path,
                List.of("install -m 600 " + quoted(path) + " " + FOLDER, "systemctl enable --now wgj-quick@" + link));
    }

    /// Brings the file to a client.
    static NewFilesJson.Step client(String name, String path) {
        return new NewFilesJson.Step(
                "On " + name + ", with a copy of " + path + "; a phone scans what `wgj qr " + quoted(path) + "' shows",
                List.of("install -m 600 " + quoted(path) + " " + FOLDER, "wgj-quick up " + name));
    }

    /// Makes a running server know its new clients.
    static NewFilesJson.Step reload(String path) {
        String word = quoted(path);
        if (path.startsWith(FOLDER) && path.endsWith(SUFFIX)) {
            String name = path.substring(FOLDER.length(), path.length() - SUFFIX.length());
            word = InterfaceName.parse(name).isPresent() ? name : word;
        } else if (path.indexOf('/') < 0) {
            word = quoted("./" + path);
        }
        return new NewFilesJson.Step(
                "On the server; sessions of other clients go on", List.of("wgj-quick reload " + word));
    }

    /// Hides clients behind the server's address, for packets that leave to anywhere.
    static NewFilesJson.Step masquerade(String link, List<IpPrefix> networks) {
        List<String> commands = new ArrayList<>();
        commands.add("nft add table inet wg-nat");
        commands.add("nft 'add chain inet wg-nat post { type nat hook postrouting priority srcnat; }'");
        for (IpPrefix network : networks) {
            String family = network.family() == IpFamily.V4 ? "ip" : "ip6";
            commands.add("nft 'add rule inet wg-nat post " + family + " saddr " + network + " oifname != " + link
                    + " masquerade'");
        }
        return new NewFilesJson.Step("On the server, so that its clients reach the internet", commands);
    }

    /// `path` as a shell takes it.
    private static String quoted(String path) {
        for (int i = 0; i < path.length(); i++) {
            char c = path.charAt(i);
            if (!Character.isLetterOrDigit(c) && "/._-+=:,@%".indexOf(c) < 0) {
                return "'" + path.replace("'", "'\\''") + "'";
            }
        }
        return path;
    }
}
