// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

/// What `wg-quick` prints about itself. The first line is what scripts and people compare; the sentences are ours.
final class WgQuickUsage {
    private WgQuickUsage() {}

    /// How the four commands are used.
    static String of(String program) {
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

            More is in the manual, wg-quick(8), which also has examples.
            """;
    }
}
