// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Sections H and I: `setconf`, `addconf` and `syncconf`.
class WgFilesTest extends WgCaseSuite {
    private static final String UNPARSED = "Configuration parsing error";
    private static final String REPLACE = "replace_allowed_ips=true";
    private static final String PEER = "[Peer]\\nPublicKey=$K1\\n";
    private static final String TWO_PEERS = """
            private_key=<PRIV>
            public_key=<K1>
            preshared_key=<K2>
            persistent_keepalive_interval=25
            public_key=<K2>
            allowed_ip=11.0.0.0/8
            """;

    @Override
    List<WgCase> rows() {
        List<WgCase> rows = new ArrayList<>();
        files(rows);
        lexing(rows);
        peers(rows);
        syncing(rows);
        return rows;
    }

    private static void files(List<WgCase> rows) {
        rows.add(setconf("H01", "").sends(wiped()));
        rows.add(row("H02", ": >f; wg addconf m0 f").sends());
        // The original takes a folder, or anything else that it cannot read, for an empty file and wipes the device.
        WgCase folder = row("H03", "mkdir d; wg setconf m0 d");
        rows.add(folder.sends(wiped()).ours(folder.fails("fopen: Is a directory")));
        WgCase unreadable = row("H03", "wg setconf m0 /proc/self/mem");
        rows.add(unreadable.sends(wiped()).ours(unreadable.fails("fopen: Input/output error")));
        rows.add(row("H04", "wg setconf m0 missing").fails("fopen: No such file or directory"));
        rows.add(setconf("H25", "[Interface]\\nListenPort=5").sends(device("5", "0")));
        rows.add(row("H29", "printf '[Interface]\\nListenPort=5\\n' | wg setconf m0 /dev/stdin")
                .sends(device("5", "0")));
        rows.add(row("H29", "wg setconf m0 <(printf '[Interface]\\nFwMark=5\\n')")
                .sends(device("0", "5")));
        rows.add(row("H30", "echo bogus >f; wg setconf nosuch f").fails("Line unrecognized: `bogus'", UNPARSED));
        rows.add(setconf("H31", "[Interface]\\nListenPort=5\\n")
                .device("private_key=<PRIV>\n")
                .sends(device("5", "0")));
    }

    private static void lexing(List<WgCase> rows) {
        rows.add(setconf("H05", "[INTERFACE]\\nlistenport=5\\nFWMARK=0x10\\n").sends(device("5", "16")));
        rows.add(setconf("H06", "[ Inter face ]\\n L i s t e n P o r t = 5\\n").sends(device("5", "0")));
        rows.add(setconf("H07", "[Interface]\\r\\nListenPort = 5\\r\\n").sends(device("5", "0")));
        rows.add(setconf("H08", "[Interface]\\nListenPort = 5 # foo\\n#FwMark=1\\n")
                .sends(device("5", "0")));
        rows.add(setconf("H09", "[Interface]\\nListenPort = 5 ; foo\\n")
                .fails("Servname not supported for ai_socktype: `5;foo'", UNPARSED));
        rows.add(unrecognized("H10", "[Interface]\\n; foo\\n", ";foo"));
        rows.add(unrecognized("H11", "ListenPort = 5\\n[Interface]\\n", "ListenPort=5"));
        rows.add(unrecognized("H12", "\\357\\273\\277[Interface]\\n", "\u00ef\u00bb\u00bf[Interface]"));
        rows.add(unrecognized("H13", "[Interface]\\nListenPort =\\n", "ListenPort="));
        rows.add(unrecognized("H13", "[Interface]\\nListenPort = # 5\\n", "ListenPort="));
        rows.add(unrecognized("H13", PEER + "AllowedIPs =\\n", "AllowedIPs="));
        rows.add(unrecognized("H13", "[Interface]\\nListenPort\\n", "ListenPort"));
        rows.add(unrecognized("H14", "[Interface]\\nFoo = 1\\n", "Foo=1"));
        rows.add(unrecognized("H14", "[Foo]\\n", "[Foo]"));
        rows.add(unrecognized("H14", "[Interface]\\nAddress = 10.0.0.1/24\\n", "Address=10.0.0.1/24"));
        rows.add(unrecognized("H14", "[Interface]\\nAllowedIPs = 10.0.0.1\\n", "AllowedIPs=10.0.0.1"));
        rows.add(unrecognized("H14", PEER + "ListenPort = 5\\n", "ListenPort=5"));
        rows.add(unrecognized("H14", PEER + "PrivateKey = $K2\\n", "PrivateKey=<K2>")
                .oursSays("Line unrecognized: `PrivateKey=(hidden)'", UNPARSED));
        rows.add(setconf("H16", "[Interface]\\nPrivateKey = short\\n")
                .fails("Key is not the correct length or format: `short'", UNPARSED)
                .oursSays("Key is not the correct length or format: `(hidden)'", UNPARSED));
        rows.add(setconf("H16", "[Peer]\\nPublicKey = short\\n")
                .fails("Key is not the correct length or format: `short'", UNPARSED));
        rows.add(setconf("H16", PEER + "PresharedKey = short\\n")
                .fails("Key is not the correct length or format: `short'", UNPARSED)
                .oursSays("Key is not the correct length or format: `(hidden)'", UNPARSED));
        rows.add(setconf("H22", "[Interface]\\nListenPort=5\\n" + PEER + "[Interface]\\nFwMark=7\\n")
                .sends(device("5", "7", "public_key=<K1>", REPLACE)));
        rows.add(setconf("H23", "[Interface]\\nListenPort=5\\nListenPort=6\\n").sends(device("6", "0")));
        rows.add(setconf("H26", "[Interface]\\nListenPort = 5\\0junk\\n").sends(device("5", "0")));
    }

    private static void peers(List<WgCase> rows) {
        rows.add(setconf("H15", "[Peer]\\nAllowedIPs = 10.0.0.0/8\\n")
                .fails("A peer is missing a public key", "Invalid configuration"));
        rows.add(setconf("H15", "[Peer]\\n" + PEER).fails("A peer is missing a public key", "Invalid configuration"));
        rows.add(setconf("H17", PEER).sends(wiped("public_key=<K1>", REPLACE)));
        rows.add(row("H18", "printf \"" + PEER + "\" >f; wg addconf m0 f").sends("public_key=<K1>", REPLACE));
        rows.add(setconf("H19", PEER + "AllowedIPs=10.0.0.0/8\\nAllowedIPs=fd00::/64, 11.0.0.0/8\\n")
                .sends(wiped(
                        "public_key=<K1>",
                        REPLACE,
                        "allowed_ip=10.0.0.0/8",
                        "allowed_ip=fd00::/64",
                        "allowed_ip=11.0.0.0/8")));
        rows.add(setconf("H20", PEER + "AllowedIPs=10.0.0.0/8\\nAllowedIPs=+11.0.0.0/8,-12.0.0.0/8\\n")
                .sends(wiped(
                        "public_key=<K1>",
                        "allowed_ip=10.0.0.0/8",
                        "allowed_ip=11.0.0.0/8",
                        "allowed_ip=-12.0.0.0/8")));
        rows.add(setconf("H21", PEER + "AllowedIPs=+10.0.0.0/8\\nAllowedIPs=11.0.0.0/8\\n")
                .sends(wiped("public_key=<K1>", REPLACE, "allowed_ip=10.0.0.0/8", "allowed_ip=11.0.0.0/8")));
        rows.add(setconf("H24", PEER + "AllowedIPs=10.0.0.0/8\\n" + PEER + "PersistentKeepalive=5\\n")
                .sends(wiped(
                        "public_key=<K1>",
                        REPLACE,
                        "allowed_ip=10.0.0.0/8",
                        "public_key=<K1>",
                        "persistent_keepalive_interval=5",
                        REPLACE)));
        rows.add(setconf("H27", PEER + "PersistentKeepalive = Off\\n")
                .sends(wiped("public_key=<K1>", "persistent_keepalive_interval=0", REPLACE)));
        rows.add(setconf("H28", PEER + "PresharedKey = $ZERO\\n")
                .sends(wiped("public_key=<K1>", "preshared_key=<ZERO>", REPLACE)));
        rows.add(setconf("H32", PEER + "AllowedIPs = 10.0.0.1/24\\n")
                .warns("Warning: AllowedIP has nonzero host part: 10.0.0.1/24")
                .sends(wiped("public_key=<K1>", REPLACE, "allowed_ip=10.0.0.1/24")));
        rows.add(setconf("H33", PEER + "Endpoint = 1.2.3.4\\n")
                .fails("Unable to find port of endpoint: `1.2.3.4'", UNPARSED));
        rows.add(setconf("H33", PEER + "Endpoint = :5\\n").fails("Name or service not known: `:5'", UNPARSED));
        rows.add(setconf("H17", PEER + "Endpoint = [fe80::1%%lo]:domain\\nPresharedKey=$K2\\n")
                .sends(wiped("public_key=<K1>", "preshared_key=<K2>", "endpoint=[fe80::1%lo]:53", REPLACE)));
    }

    private static void syncing(List<WgCase> rows) {
        // A device that cannot be read: no request is sent to it.
        WgCase empty = syncconf("I01", "").replying("m0", MockReplies.EMPTY.withGet("errno=5\n\n"));
        rows.add(empty.sends(wiped()));
        rows.add(syncconf("I01", "[Interface]\\nListenPort=5\\n")
                .replying("m0", MockReplies.EMPTY.withGet("errno=5\n\n"))
                .sends(device("5", "0")));
        rows.add(syncconf("I02", PEER).sends(wiped("public_key=<K1>", REPLACE)));
        rows.add(syncconf("I03", "[Interface]\\nPrivateKey=$PRIV\\nListenPort=5\\n" + PEER)
                .device(TWO_PEERS)
                .sends(
                        "private_key=<PRIV>",
                        "listen_port=5",
                        "fwmark=0",
                        "public_key=<K2>",
                        "remove=true",
                        "public_key=<K1>",
                        "preshared_key=<ZERO>",
                        "persistent_keepalive_interval=0",
                        REPLACE));
        rows.add(syncconf(
                        "I04",
                        "[Interface]\\nPrivateKey=$PRIV\\nListenPort=5\\n" + PEER
                                + "PresharedKey=$K2\\nPersistentKeepalive=25\\n[Peer]\\nPublicKey=$K2\\n"
                                + "AllowedIPs=11.0.0.0/8\\n")
                .device(TWO_PEERS)
                .sends(
                        "private_key=<PRIV>",
                        "listen_port=5",
                        "fwmark=0",
                        "public_key=<K1>",
                        "preshared_key=<K2>",
                        "persistent_keepalive_interval=25",
                        REPLACE,
                        "public_key=<K2>",
                        REPLACE,
                        "allowed_ip=11.0.0.0/8"));
        rows.add(syncconf("I05", "[Peer]\\nPublicKey=$K2\\n")
                .device(TWO_PEERS)
                .sends(synced("public_key=<K1>", "remove=true", "public_key=<K2>", REPLACE)));
        rows.add(syncconf("I06", "[Peer]\\nPublicKey=$K3\\n")
                .device(TWO_PEERS)
                .sends(synced(
                        "public_key=<K1>",
                        "remove=true",
                        "public_key=<K2>",
                        "remove=true",
                        "public_key=<K3>",
                        REPLACE)));
        rows.add(syncconf("I07", "[Interface]\\nFwMark=7\\n[Peer]\\nPublicKey=$K2\\n")
                .device(TWO_PEERS)
                .sends(
                        "private_key=<ZERO>",
                        "listen_port=0",
                        "fwmark=7",
                        "public_key=<K1>",
                        "remove=true",
                        "public_key=<K2>",
                        REPLACE));
        rows.add(syncconf("I08", PEER)
                .getReply("errno=5\n\n")
                .failsAfterSending("Unable to retrieve current interface configuration: Input/output error"));
        // Since 1.0.20260223 an absent preshared key goes; older releases kept it.
        rows.add(syncconf("I09", PEER + "PersistentKeepalive=25\\n[Peer]\\nPublicKey=$K2\\n")
                .device(TWO_PEERS)
                .sends(synced(
                        "public_key=<K1>",
                        "preshared_key=<ZERO>",
                        "persistent_keepalive_interval=25",
                        REPLACE,
                        "public_key=<K2>",
                        REPLACE)));
    }

    private static WgCase setconf(String id, String content) {
        return row(id, "printf \"" + content + "\" >f; wg setconf m0 f");
    }

    private static WgCase syncconf(String id, String content) {
        return row(id, "printf \"" + content + "\" >f; wg syncconf m0 f");
    }

    private static WgCase unrecognized(String id, String content, String line) {
        return setconf(id, content).fails("Line unrecognized: `" + line + "'", UNPARSED);
    }

    /// What a file that mentions nothing of the device sends, and then these lines.
    private static String[] wiped(String... more) {
        return device("0", "0", more);
    }

    private static String[] device(String port, String mark, String... more) {
        List<String> lines = new ArrayList<>(List.of("private_key=<ZERO>", "listen_port=" + port, "fwmark=" + mark));
        lines.add("replace_peers=true");
        lines.addAll(Arrays.asList(more));
        return lines.toArray(String[]::new);
    }

    /// As [#wiped], but peers are removed one by one.
    private static String[] synced(String... peers) {
        List<String> lines = new ArrayList<>(List.of("private_key=<ZERO>", "listen_port=0", "fwmark=0"));
        lines.addAll(Arrays.asList(peers));
        return lines.toArray(String[]::new);
    }
}
