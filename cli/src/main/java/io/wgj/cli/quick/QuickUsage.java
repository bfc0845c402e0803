// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

/// How the commands are used. The first line is what scripts and people compare; the sentences are ours.
final class QuickUsage {
    private QuickUsage() {}

    /// The original's four words.
    static String original(String program) {
        return "Usage: " + program + """
             [ up | down | save | strip ] [ CONFIG_FILE | INTERFACE ]

              CONFIG_FILE is the path of a configuration file. Its name is that of the interface, and `.conf'.
              INTERFACE, a name alone, stands for /etc/wireguard/INTERFACE.conf.

              Such a file is what `wg setconf' reads, and these keys may stand in its [Interface] section too:

              - Address: addresses of the interface, with prefix lengths, separated by commas. May be repeated.
              - DNS: name servers, and search domains, separated by commas. May be repeated.
              - MTU: the interface's MTU in bytes; found out when it is not given.
              - Table: the routing table for the peers' networks, or `off', or `auto', the default.
              - PreUp, PostUp, PreDown, PostDown: commands for bash at these moments, `%i' being the interface.
                Each may be repeated, and they run in their order.
              - SaveConfig: `true' to write the interface's state into the file when it goes down.

            """;
    }

    /// Our own words.
    static String ours(String program) {
        return "Usage: " + program + """
             plan [ up | down | reload ] FILE [ --json ] [ --no-dns ] [ --check ]
                   PROGRAM reload FILE [ --confirm 60s ] [ --resolve ]
                   PROGRAM up FILE [ --confirm 60s ] [ --idempotent ] [ --hook-timeout 10s ]
                   PROGRAM down FILE [ --idempotent ] [ --hook-timeout 10s ] [ --from-journal ]
                   PROGRAM up | down | save --many FILE...
                   PROGRAM confirm INTERFACE
                   PROGRAM up | down | reload | plan | strip --strict FILE

              Keys of [Interface] that are ours: PrivateKeyFile, PrivateKeyCommand, Route, Rule, Underlay,
              AllowedSources; of [Peer]: PresharedKeyFile, AllowedSources.
              `PROGRAM help COMMAND' tells more about one of them.

            """.replace("PROGRAM", program);
    }

    /// Which page of the manual tells more.
    static String pointer() {
        return "More is in the manual, wg-quick(8), which also has examples.\n";
    }
}
