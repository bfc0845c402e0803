// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.help;

import io.wgj.config.net.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/// What the help says about one command.
///
/// @param synopsis the words behind the command; empty where the original's usage line has them
/// @param summary one line, without a full stop
/// @param details paragraphs
/// @param exitCodes those of our own that the command can give, a digit each; empty for a word of wg or wg-quick, whose
///     codes are its original's
record HelpText(String synopsis, String summary, String details, String exitCodes) {
    static final HelpText NONE = new HelpText("", "", "", "");

    private static final String FILE = """
        The file has [Interface] with PrivateKey, ListenPort, FwMark, and any number of [Peer] with PublicKey,
        PresharedKey, AllowedIPs, Endpoint, PersistentKeepalive. /dev/stdin is a file too.
        It is read to its end before the device is touched: a bad file changes nothing, and every problem of it is
        named with line and column.
        """;

    /// All pages by command, in the order of the overview.
    static final Map<String, HelpText> COMMANDS = pages();

    private static Map<String, HelpText> pages() {
        Map<String, HelpText> pages = new LinkedHashMap<>();
        pages.put(
                "show",
                new HelpText(
                        "[<interface> | all | interfaces] [<field> | --json[=wg] [--secrets]]",
                        "Prints what devices are and how their peers are doing",
                        """
                        Fields, for scripts: public-key, private-key, listen-port, fwmark, peers, preshared-keys,
                        endpoints, allowed-ips, latest-handshakes, transfer, persistent-keepalive, dump.

                        --json      one JSON document, schema wgj/1; errors are JSON on standard error
                        --json=wg   an object by interface and public key, as wg-json prints it
                        --secrets   with the private and preshared keys, which JSON leaves out otherwise

                        WG_HIDE_KEYS=never prints secret keys. WG_COLOR_MODE=always|never|auto, NO_COLOR and
                        CLICOLOR_FORCE choose colours.
                        """,
                        "01245"));
        pages.put("showconf", wg("Prints a device as a file that setconf reads, with its secret keys", ""));
        pages.put("set", wg("Changes the settings and peers that are named, and nothing else", """
            Keys come from files, never from words: others can read the words of a process. An empty file
            takes the key away. `allowed-ips' replaces the peer's list, unless an element has + (add) or -
            (take away) in front.
            WG_ENDPOINT_RESOLUTION_RETRIES=<number>|infinity says how often a name is looked up again (15).
            """));
        pages.put("setconf", wg("Makes a device what a file says; sessions are lost", FILE));
        pages.put("addconf", wg("Adds what a file says to a device", FILE));
        pages.put("syncconf", wg("Makes a device what a file says without disturbing the peers that stay", FILE));
        pages.put("genkey", new HelpText("[-o FILE]", "Writes a new private key", """
            Prints the key; set the umask to 077 before redirecting it to a file.

            -o FILE   writes the key to a new file with mode 0600 and prints its public key; an existing
                      file is never overwritten, and a failure leaves no file
            """, ""));
        pages.put("genpsk", new HelpText("[-o FILE]", "Writes a new preshared key", """
            Prints the key; set the umask to 077 before redirecting it to a file.

            -o FILE   writes the key to a new file with mode 0600 and prints nothing; an existing file is
                      never overwritten, and a failure leaves no file
            """, ""));
        pages.put("pubkey", wg("Reads a private key and writes its public key", ""));
        pages.put(
                "demo",
                new HelpText(
                        "[--engine]",
                        "Shows a tunnel at work, in namespaces of its own that leave nothing behind",
                        """
                        Makes two network namespaces with a virtual wire between them, brings a tunnel up in each from a
                        generated file, as wgj-quick does, pings and sends something across, shows both ends and takes
                        them down. Needs root, and a kernel with WireGuard or /dev/net/tun: then wgj's own engine
                        runs, or what WG_QUICK_USERSPACE_IMPLEMENTATION names. --engine takes wgj's own at any rate.
                        """,
                        "0124"));
        pages.put(
                "engine",
                new HelpText(
                        "[-f] <interface> | --stats <interface>",
                        "Runs WireGuard in userspace, where the kernel has none",
                        """
                        Makes the interface and serves /var/run/wireguard/<interface>.sock, which wg and wgj speak to.
                        Goes to the background when that answers. It ends when the interface is deleted, the socket's
                        file removed, or at SIGTERM, SIGINT, SIGHUP, and leaves nothing behind; the exit code is 1 after a
                        failure of its own, else 0.

                        -f, --foreground   stays
                        --stats            prints what a running engine counts: drops by reason, sizes of batches; and its
                                           last error, with the time

                        LOG_LEVEL=verbose|error|silent sets how much is logged: with verbose, how handshakes go and why
                        their messages are dropped. The log is standard error, or, in the background, /dev/log. WG_TUN_FD and WG_UAPI_FD hand open descriptors over,
                        WG_PROCESS_FOREGROUND=1 is -f, as with wireguard-go.
                        It gives up all rights but CAP_NET_ADMIN; WGJ_ENGINE_LOW_PORTS=1 keeps the one to listen on
                        ports below 1024; wgj-quick sets it where a file's ListenPort asks for it, and starts the engine by
                        itself where the kernel has no WireGuard, or, with WGJ_QUICK_ENGINE=1, everywhere.
                        wgj-engine <interface> is the same, for WG_QUICK_USERSPACE_IMPLEMENTATION.
                        """,
                        "01245"));
        pages.put("help", new HelpText("[<command>]", "Lists the commands, or tells about one of them", "", "012"));
        return pages;
    }

    private static HelpText wg(String summary, String details) {
        return new HelpText("", summary, details, "");
    }
}
