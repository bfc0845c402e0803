// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import io.wgj.config.text.Ascii;
import io.wgj.config.text.Misspelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Every key that a configuration file can have. Parsing, hints, help, the man page and completion all come from
/// here.
///
/// [TunnelFileBuilder#take] parses the value of each key. `KeyTest` fails for a key whose value changes nothing.
public enum Key {
    /// wg's `PrivateKey`.
    PRIVATE_KEY(
            "PrivateKey",
            Section.INTERFACE,
            Owner.WG,
            "KEY",
            "no key",
            "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
            "The secret key of the interface, in base64. `wg genkey' makes one."),
    /// wg's `ListenPort`.
    LISTEN_PORT(
            "ListenPort",
            Section.INTERFACE,
            Owner.WG,
            "PORT",
            "a free port",
            "51820",
            "The UDP port that the interface listens on."),
    /// wg's `FwMark`.
    FW_MARK(
            "FwMark",
            Section.INTERFACE,
            Owner.WG,
            "NUMBER | 0xHEX | off",
            "off",
            "0xca6c",
            "The mark of encrypted packets, for rules and firewalls."),
    /// wg's `PublicKey`.
    PUBLIC_KEY(
            "PublicKey",
            Section.PEER,
            Owner.WG,
            "KEY",
            "required",
            "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
            "The public key of the peer, in base64."),
    /// wg's `PresharedKey`.
    PRESHARED_KEY(
            "PresharedKey",
            Section.PEER,
            Owner.WG,
            "KEY",
            "no key",
            "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=",
            "A second secret that both peers share, in base64. `wg genpsk' makes one."),
    /// wg's `AllowedIPs`.
    ALLOWED_IPS(
            "AllowedIPs",
            Section.PEER,
            Owner.WG,
            "[+|-]ADDRESS[/LENGTH], ...",
            "none",
            "10.0.0.0/8, fd00::/64",
            "The networks behind the peer. Packets to them go to the peer, and it may send from them."),
    /// wg's `Endpoint`.
    ENDPOINT(
            "Endpoint",
            Section.PEER,
            Owner.WG,
            "HOST:PORT",
            "learnt from the peer's packets",
            "vpn.example.com:51820",
            "Where the peer listens. An IPv6 address stands in brackets."),
    /// wg's `PersistentKeepalive`.
    PERSISTENT_KEEPALIVE(
            "PersistentKeepalive",
            Section.PEER,
            Owner.WG,
            "SECONDS | off",
            "off",
            "25",
            "How often to send an empty packet, which keeps the way through NAT open."),
    /// wg-quick's `Address`.
    ADDRESS(
            "Address",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "ADDRESS[/LENGTH], ...",
            "none",
            "10.0.0.1/24, fd00::1/64",
            "The addresses of the interface."),
    /// wg-quick's `MTU`.
    MTU(
            "MTU",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "BYTES",
            "80 less than the MTU of the way to the peers",
            "1420",
            "The MTU of the interface."),
    /// wg-quick's `DNS`.
    DNS(
            "DNS",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "ADDRESS | DOMAIN, ...",
            "none",
            "10.0.0.53, corp.example.com",
            "Name servers and search domains while the interface is up."),
    /// wg-quick's `Table`.
    TABLE(
            "Table",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "NUMBER | NAME | auto | off",
            "auto",
            "1234",
            "The routing table for the peers' networks. off adds no routes."),
    /// wg-quick's `PreUp`.
    PRE_UP(
            "PreUp",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "COMMAND",
            "none",
            "modprobe dummy",
            "A command for bash, run before the interface is configured. %i is its name."),
    /// wg-quick's `PostUp`.
    POST_UP(
            "PostUp",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "COMMAND",
            "none",
            "ip rule add to 10.9.0.0/16 table 7",
            "A command for bash, run after the interface is up. %i is its name."),
    /// wg-quick's `PreDown`.
    PRE_DOWN(
            "PreDown",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "COMMAND",
            "none",
            "ip rule delete to 10.9.0.0/16 table 7",
            "A command for bash, run before the interface is removed. %i is its name."),
    /// wg-quick's `PostDown`.
    POST_DOWN(
            "PostDown",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "COMMAND",
            "none",
            "logger %i is down",
            "A command for bash, run after the interface is removed. %i is its name."),
    /// wg-quick's `SaveConfig`.
    SAVE_CONFIG(
            "SaveConfig",
            Section.INTERFACE,
            Owner.WG_QUICK,
            "true | false",
            "false",
            "true",
            "Whether `down' writes the state of the interface into the file."),
    /// wgj's `PrivateKeyFile`.
    PRIVATE_KEY_FILE(
            "PrivateKeyFile",
            Section.INTERFACE,
            Owner.WGJ,
            "PATH",
            "none",
            "office.key",
            "A file with the private key, instead of PrivateKey. A relative path starts at this file's folder."),
    /// wgj's `PrivateKeyCommand`.
    PRIVATE_KEY_COMMAND(
            "PrivateKeyCommand",
            Section.INTERFACE,
            Owner.WGJ,
            "COMMAND",
            "none",
            "pass show wireguard/%i",
            "A command for bash that prints the private key, instead of PrivateKey."),
    /// wgj's `Route`.
    ROUTE(
            "Route",
            Section.INTERFACE,
            Owner.WGJ,
            "[-4|-6] WORDS",
            "none",
            "192.0.2.0/24 via 10.0.0.1 dev eth0",
            "A route, in the words of `ip route add'."),
    /// wgj's `Rule`.
    RULE(
            "Rule",
            Section.INTERFACE,
            Owner.WGJ,
            "[-4|-6] WORDS",
            "none",
            "from 10.9.0.0/16 table 7",
            "A policy rule, in the words of `ip rule add'."),
    /// wgj's `Underlay`.
    UNDERLAY(
            "Underlay",
            Section.INTERFACE,
            Owner.WGJ,
            "[dev DEVICE] [via ADDRESS] [src ADDRESS]",
            "as the main table says",
            "dev ppp0 src 203.0.113.7",
            "The way of encrypted packets, whatever the main table says. One line for each family."),
    /// wgj's `AllowedSources` of the interface.
    ALLOWED_SOURCES(
            "AllowedSources",
            Section.INTERFACE,
            Owner.WGJ,
            "NETWORK, ...",
            "any network",
            "192.0.2.0/24, 2001:db8::/32",
            "The networks that may send to the listen port."),
    /// wgj's `Name` of a peer.
    NAME(
            "Name",
            Section.PEER,
            Owner.WGJ,
            "TEXT",
            "a comment above [Peer]; else none",
            "laptop",
            "A name for the peer, up to 64 characters, that commands of wgj print and accept for its key."),
    /// wgj's `PresharedKeyFile`.
    PRESHARED_KEY_FILE(
            "PresharedKeyFile",
            Section.PEER,
            Owner.WGJ,
            "PATH",
            "none",
            "office.psk",
            "A file with the preshared key, instead of PresharedKey. A relative path starts at this file's folder."),
    /// wgj's `AllowedSources` of a peer.
    PEER_ALLOWED_SOURCES(
            "AllowedSources",
            Section.PEER,
            Owner.WGJ,
            "NETWORK, ...",
            "any network",
            "198.51.100.0/24",
            "The networks that the encrypted packets of this peer may come from."),
    /// wgj's `PeerUp`.
    PEER_UP(
            "PeerUp",
            Section.PEER,
            Owner.WGJ,
            "COMMAND",
            "none",
            "logger a peer of %i is up",
            "A command for bash, run by `wgj monitor' when the peer comes up. %i is the interface's name."),
    /// wgj's `PeerDown`.
    PEER_DOWN(
            "PeerDown",
            Section.PEER,
            Owner.WGJ,
            "COMMAND",
            "none",
            "logger a peer of %i is down",
            "A command for bash, run by `wgj monitor' when the peer goes down. %i is the interface's name."),
    /// wgj's `Probe`.
    PROBE(
            "Probe",
            Section.PEER,
            Owner.WGJ,
            "ADDRESS [every DURATION]",
            "none; every 5s",
            "10.0.0.2 every 10s",
            "An address behind the peer that `wgj monitor' pings, which shows whether the peer is up."),
    /// wgj's `WithdrawRoutesAfter`.
    WITHDRAW_ROUTES_AFTER(
            "WithdrawRoutesAfter",
            Section.PEER,
            Owner.WGJ,
            "DURATION",
            "never",
            "5m",
            "How long a peer has to be down before `wgj monitor' withdraws its routes. They return with it."),
    /// wgj's `WithdrawRoutes`.
    WITHDRAW_ROUTES(
            "WithdrawRoutes",
            Section.PEER,
            Owner.WGJ,
            "remove | blackhole",
            "remove",
            "blackhole",
            "What WithdrawRoutesAfter does: remove lets packets take another way, blackhole refuses them."),
    /// wgj's `ReresolveEndpoint`.
    RERESOLVE_ENDPOINT(
            "ReresolveEndpoint",
            Section.PEER,
            Owner.WGJ,
            "DURATION",
            "never",
            "30s",
            "How often `wgj monitor' resolves a named endpoint again while the peer is down.");

    /// The program that introduced a key.
    public enum Owner {
        /// Read by wg: the line stays when `strip` prints a file.
        WG,
        /// A key of wg-quick.
        WG_QUICK,
        /// A key that wgj alone has.
        WGJ
    }

    private static final Key[] ALL = values();

    private final String text;
    private final Section section;
    private final Owner owner;
    private final String syntax;
    private final String absence;
    private final String example;
    private final String help;

    Key(String text, Section section, Owner owner, String syntax, String absence, String example, String help) {
        this.text = text;
        this.section = section;
        this.owner = owner;
        this.syntax = syntax;
        this.absence = absence;
        this.example = example;
        this.help = help;
    }

    /// The key as files spell it. The two keys called `AllowedSources` differ in their section.
    public String text() {
        return text;
    }

    /// The section that the key belongs to.
    public Section section() {
        return section;
    }

    /// The program that introduced the key.
    public Owner owner() {
        return owner;
    }

    /// The form of a value: words in capitals stand for something, the others are written as they are.
    public String syntax() {
        return syntax;
    }

    /// The meaning of a section without this key: its default.
    public String absence() {
        return absence;
    }

    /// One value that the key takes.
    public String example() {
        return example;
    }

    /// One or two short sentences of help.
    public String help() {
        return help;
    }

    /// Whether each line of the key adds to those before. Of other keys the last line of a section counts.
    public boolean accumulates() {
        return switch (this) {
            case ALLOWED_IPS,
                    ADDRESS,
                    DNS,
                    PRE_UP,
                    POST_UP,
                    PRE_DOWN,
                    POST_DOWN,
                    ROUTE,
                    RULE,
                    UNDERLAY,
                    ALLOWED_SOURCES,
                    PEER_ALLOWED_SOURCES,
                    PEER_UP,
                    PEER_DOWN -> true;
            case PRIVATE_KEY,
                    LISTEN_PORT,
                    FW_MARK,
                    PUBLIC_KEY,
                    PRESHARED_KEY,
                    ENDPOINT,
                    PERSISTENT_KEEPALIVE,
                    MTU,
                    TABLE,
                    SAVE_CONFIG,
                    PRIVATE_KEY_FILE,
                    PRIVATE_KEY_COMMAND,
                    NAME,
                    PRESHARED_KEY_FILE,
                    PROBE,
                    WITHDRAW_ROUTES_AFTER,
                    WITHDRAW_ROUTES,
                    RERESOLVE_ENDPOINT -> false;
        };
    }

    /// Whether the value is a command for bash, in which a `#` begins no comment.
    public boolean isCommand() {
        return this == PRE_UP
                || this == POST_UP
                || this == PRE_DOWN
                || this == POST_DOWN
                || this == PRIVATE_KEY_COMMAND
                || this == PEER_UP
                || this == PEER_DOWN;
    }

    /// Whether commas stand between the elements of the value.
    public boolean isList() {
        return this == ADDRESS
                || this == DNS
                || this == ALLOWED_IPS
                || this == ALLOWED_SOURCES
                || this == PEER_ALLOWED_SOURCES;
    }

    /// Whether only `wgj monitor` acts on the key.
    public boolean needsMonitor() {
        return this == PEER_UP
                || this == PEER_DOWN
                || this == PROBE
                || this == WITHDRAW_ROUTES_AFTER
                || this == WITHDRAW_ROUTES
                || this == RERESOLVE_ENDPOINT;
    }

    /// Whether the value itself is a secret.
    boolean isSecret() {
        return this == PRIVATE_KEY || this == PRESHARED_KEY;
    }

    /// The key of a section with this name, in any case.
    public static Optional<Key> find(String name, Section section) {
        for (Key key : ALL) {
            if (key.section == section && Ascii.equalsIgnoreCase(name, key.text)) {
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    /// The same, when it belongs to `owner`.
    static Optional<Key> find(String name, Section section, Owner owner) {
        Optional<Key> key = find(name, section);
        return key.isPresent() && key.get().owner == owner ? key : Optional.empty();
    }

    /// The spelling of the key that `name` is or is probably a slip for: at most two slips, a third of a short
    /// name. Empty when no key is that near.
    static String nearest(String name) {
        List<String> names = new ArrayList<>(ALL.length);
        for (Key key : ALL) {
            names.add(key.text);
        }
        return Misspelling.nearest(name, names);
    }
}
