// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import java.util.Optional;

/// Every problem and trap that `wgj check` knows. A code never changes its meaning. Within errors and within
/// warnings the gravest stands first.
public enum CheckCode {
    LINE_UNKNOWN(
            "E001",
            "A line is neither a section nor a key of its section",
            "wg and wg-quick refuse the file at such a line. The message says which key was probably meant, or where"
                    + " the key belongs.",
            "Correct the line, or put # before it."),
    VALUE_REFUSED(
            "E002",
            "A value has the wrong form",
            "The key is right and its value is not. The file is refused before any step.",
            "Write the value in the form that `wgj help FILE' shows for the key."),
    PEER_WITHOUT_KEY(
            "E003",
            "A [Peer] section has no PublicKey",
            "A peer is known by its public key. wg refuses a file that has a peer without one.",
            "Add the peer's key, or remove the section."),
    AMNEZIA_KEY(
            "E004",
            "A key of AmneziaWG",
            "AmneziaWG changes the packets so that WireGuard does not understand them. No end of WireGuard can talk to"
                    + " such a server.",
            "Ask for a file for WireGuard, or use amneziawg-tools."),
    WRONG_ENCODING(
            "E005",
            "The file is UTF-16, or starts with a byte order mark",
            "wg reads bytes, and finds no section and no key in such a file.",
            "Save the file as UTF-8 without a byte order mark."),
    TWO_KEY_SOURCES(
            "E006",
            "A section names its secret key twice",
            "PrivateKey, PrivateKeyFile and PrivateKeyCommand exclude each other; so do PresharedKey and"
                    + " PresharedKeyFile.",
            "Keep one of the lines."),
    MTU_BELOW_IPV6(
            "E007",
            "The MTU is below 1280, and the file uses IPv6",
            "The kernel silently removes IPv6 and its addresses from a link whose MTU is below 1280 (RFC 8200).",
            "Write MTU = 1280 or more, or remove the IPv6 addresses and prefixes."),
    ADDRESS_TWICE(
            "E008",
            "The same address stands twice in the file",
            "The kernel refuses the second one, and `up' fails.",
            "Leave one of them out."),
    WORDS_REFUSED(
            "E009",
            "Words of Route, Rule, Table or Underlay are not what ip(8) takes",
            "`up' would fail at this line.",
            "Write the words that follow `ip route add' or `ip rule add'."),
    FILTER_WITHOUT_PORT(
            "E010",
            "AllowedSources without a ListenPort",
            "The filter has to know the listen port before the device chooses one.",
            "Add a ListenPort."),
    NAME_REFUSED(
            "E011",
            "The file's name is not the name of an interface and .conf",
            "An interface is called like its file. A name has 1 to 15 letters, digits and _=+.- before the .conf; the"
                    + " kernel has no room for more.",
            "Rename the file."),
    OWN_KEY_AS_PEER(
            "E012",
            "A peer has the interface's own public key",
            "WireGuard leaves out a peer with the key of the interface, without a word. Packets for it are dropped.",
            "Put the other end's public key there: `wg show INTERFACE public-key' prints it at the other end."),
    LOW_ORDER_KEY(
            "E013",
            "A public key is no usable point of the curve",
            "With such a key (all zeros is one) the shared secret would be known to everybody. WireGuard refuses every"
                    + " handshake with it.",
            "Put the other end's public key there."),
    KEY_FILE_OPEN(
            "E014",
            "Others may read a key file",
            "A PrivateKeyFile or PresharedKeyFile that its owner alone may not read alone is refused by `up'.",
            "chmod 600 the file. A key that others have read is no secret: make a new one."),
    UNKNOWN_TO_OTHER_END(
            "E015",
            "The other end has no peer with this file's public key",
            "The other end drops handshakes of keys that it does not know, without an answer.",
            "Put this file's public key into the other end's [Peer] section."),
    PRESHARED_KEYS_DIFFER(
            "E016",
            "The preshared keys of the two ends differ",
            "Both ends need the same preshared key, or none. Otherwise no handshake completes.",
            "Copy the PresharedKey line from one end to the other."),
    ENDPOINT_IN_TUNNEL(
            "W001",
            "The endpoint lies in a network that the tunnel leads to",
            "Encrypted packets are routed like all others, so they would go into the tunnel that makes them. Nothing"
                    + " leaves the host.",
            "Underlay sends encrypted packets by a device, whatever the main table says."),
    ALLOWED_IPS_TWICE(
            "W002",
            "Two peers have the same allowed IPs",
            "A network belongs to one peer. The last line that names it wins, and the peer above loses it without a"
                    + " word.",
            "Give each peer its own network. Two peers cannot back each other up on one interface."),
    PEER_TWICE(
            "W003",
            "Two [Peer] sections have the same public key",
            "They are one peer. The AllowedIPs of the last section replace those of the others.",
            "Join the sections, or put the right key into one of them."),
    IPV6_LEAK(
            "W004",
            "All of IPv4 takes the tunnel, and IPv6 does not",
            "The file sends all IPv4 packets into the tunnel. This host has IPv6, whose packets go around it.",
            "Add ::/0. Where the far end has no IPv6, its packets are then dropped instead of leaking."),
    REFUSAL_IN_MAIN(
            "W005",
            "A route in main refuses packets before the tunnel's table is asked",
            "The rule `table main suppress_prefixlength 0' passes over a default route, but not over an error. Once"
                    + " main has no better default route, the look-up ends there.",
            "Put the route into the tunnel's table."),
    SECRETS_READABLE(
            "W006",
            "Others may read the secret keys of the file",
            "Who has the private key can take the place of this host, in old recordings not, from now on always.",
            "chmod 600 the file. A key that others have read is no secret: make a new one."),
    HOOKS_WRITABLE(
            "W007",
            "Others may change the file, and its hooks run as root",
            "A user who can write to the file, or replace it in its folder, becomes root at the next `up'.",
            "Take the permission away, as the message says."),
    NEITHER_END_CALLS(
            "W008",
            "Neither end can begin",
            "An end needs the other's endpoint to send the first packet. This file names no endpoint for the peer, and"
                    + " nothing lets the peer know where to call.",
            "Add an Endpoint at one end, and a ListenPort at the other."),
    NO_PRIVATE_KEY(
            "W009",
            "The interface has no private key",
            "Without one WireGuard sends and answers nothing.",
            "Add PrivateKey, PrivateKeyFile or PrivateKeyCommand."),
    NOTHING_ROUTED(
            "W010",
            "Table = off, and nothing else leads into the tunnel",
            "With Table = off no routes are added, though the peer takes every packet. Only a routing daemon or routes"
                    + " from elsewhere bring packets into the tunnel.",
            "Remove Table = off, or add a Route line."),
    SWALLOWED(
            "W011",
            "Other peers have all of a peer's network",
            "The longest matching prefix wins. The longer prefixes of other peers cover all of this one, so this peer"
                    + " gets nothing by it.",
            "Remove the line, or the longer prefixes."),
    HOST_BITS(
            "W012",
            "Allowed IPs mean a whole network where one address was written",
            "WireGuard clears the bits behind the prefix: 10.8.0.2/24 is 10.8.0.0/24. The peer gets all of a network"
                    + " that has other addresses of this tunnel in it.",
            "Write /32 (or /128) for one address, or the network's own address."),
    MTU_TOO_LARGE(
            "W013",
            "The MTU is larger than what the way to the endpoint carries",
            "WireGuard adds 60 bytes (80 over IPv6). Larger packets leave in fragments, which many firewalls drop:"
                    + " small packets pass and downloads hang.",
            "Write the MTU that the message names, or remove the line to have it chosen."),
    MTU_IN_TUNNEL(
            "W014",
            "The MTU leaves no room for the tunnel that this one goes through",
            "The encrypted packets of this tunnel go through another tunnel of this host, which adds 60 or 80 bytes of"
                    + " its own.",
            "Write the MTU that the message names."),
    NO_NAME_SERVICE(
            "W015",
            "DNS needs resolvconf or resolvectl, and this host has neither",
            "`up' refuses the file here.",
            "Install openresolv or systemd-resolved, or remove the DNS line."),
    RANGE_IN_TWO_FILES(
            "W016",
            "Two files of one host route the same network",
            "A table has one route to a network. The tunnel that comes up second fails at it, or takes the first one's"
                    + " packets.",
            "Give each tunnel its own networks, or a Table of its own."),
    PORT_IN_TWO_FILES(
            "W017",
            "Two files of one host have the same ListenPort",
            "The second interface cannot come up: the port is taken.",
            "Choose another port for one of them."),
    ADDRESS_IN_TWO_FILES(
            "W018",
            "Two files have the same address",
            "Of two interfaces or hosts with one address, answers reach only one.",
            "Choose another address for one of them."),
    KEY_IN_TWO_FILES(
            "W019",
            "Two files have the same private key",
            "The other end knows a peer by its key. Two that share a key take each other's packets away: the one that"
                    + " was heard last gets them.",
            "Make a key for each: wgj genkey."),
    ADDRESS_NOT_ALLOWED(
            "W020",
            "The other end does not allow this address",
            "The other end drops packets whose source is not in the AllowedIPs of the peer that sent them.",
            "Add the address to the AllowedIPs of this peer at the other end."),
    WEAK_KEY(
            "W021",
            "A private or preshared key is not random",
            "The key consists of few different bytes, so it was typed and can be guessed.",
            "Make a key with wgj genkey or wgj genpsk."),
    ZERO_PRESHARED_KEY(
            "W022",
            "A preshared key of zeros is none",
            "WireGuard takes a preshared key of zeros for no key.",
            "Remove the line, or make a key with wgj genpsk."),
    NO_KEEPALIVE(
            "W023",
            "This host is behind a router, and nothing keeps the way back open",
            "The router forgets this host some minutes after its last packet. From then on the peer cannot reach it.",
            "PersistentKeepalive = 25 keeps the way open."),
    SAVED_AWAY(
            "W024",
            "SaveConfig throws away what the file says",
            "`wg-quick down' replaces the file with the state of the interface. Comments and the keys of wgj are lost."
                    + " `wgj-quick down' changes values alone.",
            "Remove SaveConfig, or use wgj-quick alone."),
    NO_MONITOR(
            "W025",
            "Keys of the monitor, and no monitor runs",
            "Only a running `wgj monitor' acts on Probe, PeerUp, PeerDown, WithdrawRoutesAfter and ReresolveEndpoint.",
            "systemctl enable --now wgj-monitor"),
    IDLE_MONITOR_KEY(
            "W026",
            "A key of the monitor does nothing, or less than it seems",
            "The message says what is missing.",
            "Add what the message names, or remove the line."),
    DOUBTFUL_VALUE(
            "W027",
            "A value is accepted, and is probably a mistake",
            "wg and wg-quick take it without a word. The message says what it means.",
            "Write what was meant."),
    HOOK_NOT_UNDONE(
            "W028",
            "A hook adds what no hook removes",
            "What PostUp adds to tables, rules and firewalls stays after `down', and is added again by the next `up'.",
            "A Route or Rule line is undone by `down'. For everything else add a PostDown with the opposite."),
    RULE_BY_HAND(
            "W029",
            "A hook adds a policy rule by hand",
            "The file has keys of wgj already. A Rule line is undone by `down' and after a failed `up', and `reload'"
                    + " changes it while the tunnel runs. A hook's rule is not.",
            "Write the Rule line that is shown, and remove the hooks."),
    ROUTE_BY_HAND(
            "W030",
            "A hook adds a route by hand",
            "The file has keys of wgj already. A Route line is undone by `down' and after a failed `up', and `reload'"
                    + " changes it while the tunnel runs. A hook's route is not.",
            "Write the Route line that is shown, and remove the hooks."),
    MASQUERADE_BY_HAND(
            "W031",
            "A hook adds iptables rules for masquerading one by one",
            "After a failed `up' the rules stay, and the next `up' adds them again. A table of its own is removed as a"
                    + " whole.",
            "Write the lines that are shown, and remove the iptables hooks."),
    FORWARDING_BY_HAND(
            "W032",
            "A hook switches forwarding on",
            "The setting is the host's, not the tunnel's: it stays after `down', and is missing after a restart until"
                    + " the tunnel is up.",
            "Put it into a file of /etc/sysctl.d, and remove the hook."),
    ROUTES_DO_NOT_HOLD(
            "W033",
            "A kill switch by routes does not hold programs that bind to a device",
            "In IPv4 a program that binds to a device (ping -I eth0) ignores routes that refuse packets.",
            "Where that matters, use a firewall: examples/kill-switch."),
    EPHEMERAL_PORT(
            "W034",
            "Another program may take the listen port before the tunnel comes up",
            "The kernel hands out ports of this range to programs that ask for any.",
            "Reserve it: sysctl net.ipv4.ip_local_reserved_ports=PORT."),
    NAME_TWICE(
            "W035",
            "Two peers have the same name",
            "A name stands for a public key. Commands refuse a name that could mean two peers.",
            "Give each peer a name of its own."),
    NAME_IGNORED(
            "W036",
            "A comment `# Name = X' cannot be a name",
            "A name has 1 to 64 printable characters and holds no key. The peer is shown by its public key instead.",
            "Write another name.");

    private static final CheckCode[] ALL = values();

    private final String text;
    private final String title;
    private final String explanation;
    private final String remedy;

    CheckCode(String text, String title, String explanation, String remedy) {
        this.text = text;
        this.title = title;
        this.explanation = explanation;
        this.remedy = remedy;
    }

    /// `W012`.
    public String text() {
        return text;
    }

    /// What is wrong, in one line without a full stop.
    public String title() {
        return title;
    }

    /// Why that is a problem, in one or a few sentences.
    public String explanation() {
        return explanation;
    }

    /// What helps, in a sentence.
    public String remedy() {
        return remedy;
    }

    /// Whether the file is refused or can never work. Everything else is a warning.
    public boolean isError() {
        return text.charAt(0) == 'E';
    }

    /// `error` or `warning`.
    public String severity() {
        return isError() ? "error" : "warning";
    }

    /// Whether the file works as it stands, and another way is better. `up` does not print such warnings.
    public boolean isHabit() {
        return compareTo(HOOK_NOT_UNDONE) > 0;
    }

    /// The code called `text`, in any case.
    public static Optional<CheckCode> find(String text) {
        for (CheckCode code : ALL) {
            if (code.text.equalsIgnoreCase(text)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }
}
