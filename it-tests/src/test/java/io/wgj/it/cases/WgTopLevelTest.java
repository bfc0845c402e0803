// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.List;

/// Section A: words of the top level, and usage.
class WgTopLevelTest extends WgCaseSuite {
    private static final String SUBCOMMANDS = "\n\nAvailable subcommands:\n"
            + "  show: [^\n]+\n  showconf: [^\n]+\n  set: [^\n]+\n  setconf: [^\n]+\n  addconf: [^\n]+\n"
            + "  syncconf: [^\n]+\n  genkey: [^\n]+\n  genpsk: [^\n]+\n  pubkey: [^\n]+\n[^\n]*--help[^\n]*\n";
    private static final String USAGE = "Usage: wg <cmd> \\[<args>\\]" + SUBCOMMANDS;
    private static final String SHOW_USAGE =
            "Usage: wg show { <interface> | all | interfaces } [public-key | private-key | listen-port | fwmark | peers"
                    + " | preshared-keys | endpoints | allowed-ips | latest-handshakes | transfer |"
                    + " persistent-keepalive | dump]";
    private static final String SET_USAGE =
            "Usage: wg set <interface> [listen-port <port>] [fwmark <mark>] [private-key <file path>]"
                    + " [peer <base64 public key> [remove] [preshared-key <file path>] [endpoint <ip>:<port>]"
                    + " [persistent-keepalive <interval seconds>]"
                    + " [allowed-ips [+|-]<ip1>/<cidr1>[,[+|-]<ip2>/<cidr2>]...] ]...";

    @Override
    List<WgCase> rows() {
        return List.of(
                row("A01", "wg").withoutDevices(),
                row("A01", "wg show").withoutDevices(),
                row("A02", "wg help").printsLike(USAGE).inOwnWords(),
                row("A02", "wg -h").printsLike(USAGE).inOwnWords(),
                row("A02", "wg --help").printsLike(USAGE).inOwnWords(),
                invalid("A03", "wg help x", "help"),
                row("A04", "wg version").printsLike("wireguard-tools v[^\n]+\n").inOwnWords(),
                row("A04", "wg -v").printsLike("wireguard-tools v[^\n]+\n").inOwnWords(),
                row("A04", "wg --version")
                        .printsLike("wireguard-tools v[^\n]+\n")
                        .inOwnWords(),
                invalid("A05", "wg --version x", "--version"),
                invalid("A06", "wg sho", "sho"),
                invalid("A06", "wg SHOW", "SHOW"),
                invalid("A06", "wg ''", ""),
                invalid("A06", "wg $'\\303\\244\\377'", "\u00c3\u00a4\u00ff"),
                row("A07", "wg show --help").warns(SHOW_USAGE),
                row("A07", "wg show -h").warns(SHOW_USAGE),
                row("A07", "wg show help").warns(SHOW_USAGE),
                row("A08", "wg show interfaces x").fails(SHOW_USAGE),
                row("A09", "wg show wg0 dump extra").fails(SHOW_USAGE),
                row("A09", "wg show all dump extra").fails(SHOW_USAGE),
                row("A10", "wg showconf --help").exits(1).warnsLike("Unable to access interface: [A-Z][^\n]+\n"),
                row("A11", "wg showconf").fails("Usage: wg showconf <interface>"),
                row("A11", "wg showconf a b").fails("Usage: wg showconf <interface>"),
                row("A12", "wg set").fails(SET_USAGE),
                row("A12", "wg set wg0").fails(SET_USAGE),
                row("A12", "wg set --help").fails(SET_USAGE),
                row("A13", "wg addconf wg0").fails("Usage: wg addconf <interface> <configuration filename>"),
                row("A13", "wg setconf --help").fails("Usage: wg setconf <interface> <configuration filename>"),
                row("A13", "wg syncconf a b c").fails("Usage: wg syncconf <interface> <configuration filename>"),
                row("A14", "wg genpsk x").fails("Usage: wg genpsk"),
                row("A14", "wg pubkey --help").fails("Usage: wg pubkey"),
                row("A14", "wg genkey --help").fails("Usage: wg genkey"),
                calledBy("d/wg", "d/wg"),
                calledBy("$PWD/d/wg", "P"),
                row("A15", "wg genkey x").fails("Usage: wg genkey"));
    }

    /// The original's wrapper needs the name that it was called by as an argument; a link to ours does not.
    private static WgCase calledBy(String path, String shown) {
        String called = "export WG_ARGV0=" + path + "; " + path + " genkey x 2>err; rc=$?;";
        return row("A15", "mkdir d; ln -s $WG d/wg; " + called + " sed \"s:$PWD/d/wg:P:\" err >&2; exit $rc")
                .fails("Usage: " + shown + " genkey");
    }

    private static WgCase invalid(String id, String script, String word) {
        return row(id, script)
                .exits(1)
                .warnsLike("Invalid subcommand: `" + word + "'\n" + USAGE)
                .inOwnWords();
    }
}
