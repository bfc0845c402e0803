// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// Sections K, L and M: `show` for scripts, devices that answer nonsense, and `showconf`.
@Tag("long")
class WgShowFieldsTest extends WgCaseSuite {
    private static final String SHOW_USAGE = "Usage: wg show \\{ <interface> [^\n]+\n";
    private static final String K1_DUMP =
            "<K1>\t<K2>\t192.0.2.1:51820\t10.0.0.0/8,fd00::/64\t1700000000\t1152\t1048575\t25";
    private static final String K2_DUMP = "<K2>\t(none)\t(none)\t(none)\t0\t0\t0\toff";
    private static final String K3_DUMP = "<K3>\t(none)\t[fe80::1%lo]:5\t(none)\t1700000005\t0\t148\toff";
    private static final String DEVICE_DUMP = "<K1>\t<PUBK1>\t51820\t0xca6c";

    /// A user without any privilege.
    private static final String UNPRIVILEGED = "setpriv --reuid=65534 --regid=65534 --clear-groups ";

    @Override
    List<WgCase> rows() {
        List<WgCase> rows = new ArrayList<>();
        fields(rows);
        dumps(rows);
        lists(rows);
        unprivileged(rows);
        replies(rows);
        showconf(rows);
        return rows;
    }

    private static WgCase full(String id, String script) {
        return row(id, script).device(WgShowTest.fullDevice("1700000000", "1700000005"));
    }

    private static void fields(List<WgCase> rows) {
        rows.add(full("K01", "wg show m0 public-key").prints("<PUBK1>"));
        rows.add(full("K01", "wg show m0 private-key").prints("<K1>"));
        rows.add(row("K01", "wg show m0 public-key; wg show m0 private-key").prints("(none)", "(none)"));
        rows.add(full("K02", "wg show all listen-port").prints("m0\t51820"));
        rows.add(full("K03", "wg show m0 fwmark").prints("0xca6c"));
        rows.add(row("K03", "wg show m0 fwmark").prints("off"));
        rows.add(full("K04", "wg show m0 peers").prints("<K1>", "<K2>", "<K3>"));
        rows.add(full("K05", "wg show m0 preshared-keys").prints("<K1>\t<K2>", "<K2>\t(none)", "<K3>\t(none)"));
        rows.add(full("K06", "wg show m0 endpoints")
                .prints("<K1>\t192.0.2.1:51820", "<K2>\t(none)", "<K3>\t[fe80::1%lo]:5"));
        rows.add(full("K07", "wg show m0 allowed-ips")
                .prints("<K1>\t10.0.0.0/8 fd00::/64", "<K2>\t(none)", "<K3>\t(none)"));
        rows.add(full("K08", "wg show m0 latest-handshakes").prints("<K1>\t1700000000", "<K2>\t0", "<K3>\t1700000005"));
        rows.add(full("K09", "wg show m0 transfer").prints("<K1>\t1152\t1048575", "<K2>\t0\t0", "<K3>\t0\t148"));
        rows.add(full("K10", "wg show m0 persistent-keepalive").prints("<K1>\t25", "<K2>\toff", "<K3>\toff"));
        for (String field : List.of("public-key", "listen-port", "peers", "endpoints", "allowed-ips", "transfer")) {
            // `all` prints the same lines as the field, with the name in front.
            rows.add(full("K02", "diff <(wg show m0 " + field + " | sed 's/^/m0\\t/') <(wg show all " + field + ")"));
        }
    }

    private static void dumps(List<WgCase> rows) {
        rows.add(full("K11", "wg show m0 dump | head -1").prints(DEVICE_DUMP));
        rows.add(full("K12", "wg show m0 dump | sed -n 2p").prints(K1_DUMP));
        rows.add(full("K13", "wg show m0 dump | sed -n 3p").prints(K2_DUMP));
        rows.add(full("K14", "wg show all dump")
                .prints("m0\t" + DEVICE_DUMP, "m0\t" + K1_DUMP, "m0\t" + K2_DUMP, "m0\t" + K3_DUMP));
        rows.add(row("K15", "wg show m0 dump").prints("(none)\t(none)\t0\toff"));
        for (String field : List.of(
                "peers",
                "preshared-keys",
                "endpoints",
                "allowed-ips",
                "latest-handshakes",
                "transfer",
                "persistent-keepalive")) {
            rows.add(row("K16", "wg show m0 " + field));
        }
    }

    private static void lists(List<WgCase> rows) {
        rows.add(row("K17", "wg show m0 bogus").exits(1).warnsLike("Invalid parameter: `bogus'\n" + SHOW_USAGE));
        rows.add(row("K17", "wg show m0 --help").exits(1).warnsLike("Invalid parameter: `--help'\n" + SHOW_USAGE));
        rows.add(row("K18", "wg show all bogus").withoutDevices());
        rows.add(row("K19", "wg show all bogus").exits(1).warnsLike("Invalid parameter: `bogus'\n" + SHOW_USAGE));
        rows.add(row("K20", "wg show interfaces")
                .device("m1", "")
                .device("m2", "")
                .printsLike("m[012] m[012] m[012]\n"));
        rows.add(row("K20", "wg show interfaces").prints("m0"));
        rows.add(row("K20", "wg show interfaces").withoutDevices());
        rows.add(row("K21", "wg show nosuch")
                .exits(1)
                .warnsLike("Unable to access interface: (Protocol not supported|No such device)\n"));
        rows.add(row("K21", "wg show no/such")
                .exits(1)
                .warnsLike("Unable to access interface: (Protocol not supported|No such device)\n"));
        rows.add(row("K22", "wg show aaaaaaaaaaaaaaaa").fails("Unable to access interface: File name too long"));
        // No process listens on the socket of an engine that has exited.
        String stale = "python3 -c 'import socket; socket.socket(socket.AF_UNIX).bind(\"/run/wireguard/old.sock\")'; ";
        rows.add(row("K27", stale + "wg show interfaces; ls /run/wireguard").prints("m0", "m0.sock"));
        rows.add(
                row("K27", stale + "wg show old 2>/dev/null; ls /run/wireguard").prints("m0.sock"));
        rows.add(row("K28", "touch /run/wireguard/x.sock; wg show interfaces; rm /run/wireguard/x.sock")
                .prints("m0"));
        rows.add(row(
                        "K28",
                        "cd /run/wireguard; ln -s m0.sock l.sock; ln -s /dev/null .sock; ln -s m0.sock n.sockx;"
                                + " wg show interfaces | tr ' ' '\\n' | sort; rm l.sock .sock n.sockx")
                .prints("l", "m0"));
    }

    private static void unprivileged(List<WgCase> rows) {
        rows.add(full("K25", UNPRIVILEGED + "wg show interfaces").prints("m0"));
        rows.add(full("K25", UNPRIVILEGED + "wg show m0").fails("Unable to access interface: Permission denied"));
        rows.add(full("K25", UNPRIVILEGED + "wg show").fails("Unable to access interface m0: Permission denied"));
        rows.add(full("K25", UNPRIVILEGED + "wg set m0 fwmark 1")
                .fails("Unable to modify interface: Permission denied"));
        String closed = "chmod 700 /run/wireguard; " + UNPRIVILEGED + "%s; rc=$?; chmod 755 /run/wireguard; exit $rc";
        for (String words : List.of("wg", "wg show", "wg show all dump", "wg show interfaces")) {
            rows.add(row("K26", closed.formatted(words)).fails("Unable to list interfaces: Permission denied"));
        }
    }

    private static void replies(List<WgCase> rows) {
        rows.add(row("L01", "wg show m0").getReply("errno=0\n\n").prints("interface: m0"));
        refused(rows, "L02", "errno=5\n\n", "Input/output error");
        refused(rows, "L02", "errno=2147483647\n\n", "Unknown error 2147483647");
        for (String reply : List.of(
                "errno=-5\n\n",
                "",
                "\n",
                "garbage\nerrno=0\n\n",
                "errno=0\n",
                "listen_port=7\n\n",
                "errno=+5\n\n",
                "errno=5\nlisten_port=x\n\n",
                "\nerrno=0\n\n",
                "a\0b=7\nerrno=0\n\n")) {
            refused(rows, "L03", reply, "Protocol error");
        }
        for (String line : List.of(
                "listen_port=99999",
                "listen_port=+7",
                "fwmark=0x10",
                "private_key=00",
                "public_key=x",
                "public_key=<K1>\nendpoint=1.2.3.4",
                "public_key=<K1>\nendpoint=[::1",
                "public_key=<K1>\nallowed_ip=10.0.0.0",
                "public_key=<K1>\nallowed_ip=10.0.0.0/33",
                "public_key=<K1>\nallowed_ip=-10.0.0.0/8",
                "public_key=<K1>\npersistent_keepalive_interval=65536",
                "public_key=<K1>\nlast_handshake_time_sec=-1")) {
            refused(rows, "L04", line + "\nerrno=0\n\n", "Protocol error");
        }
        rows.add(row("L05", "wg show m0 listen-port")
                .device("unknown=1\nlisten_port=7\n")
                .prints("7"));
        rows.add(row("L05", "wg show m0 dump")
                .device("public_key=<K1>\nlisten_port=x\nprotocol_version=x\nrx_bytes=99999999999999999999999\n")
                .prints("(none)\t(none)\t0\toff", "<K1>\t(none)\t(none)\t(none)\t0\t18446744073709551615\t0\toff"));
        rows.add(row("L06", "wg show m0 preshared-keys")
                .device("public_key=<K1>\npreshared_key=<ZERO>\n")
                .prints("<K1>\t(none)"));
        rows.add(row("L06", "wg show m0 dump")
                .device("private_key=<ZERO>\n")
                .prints("<ZERO>\tL+V9o0fNYkMVKNqsX7spBzD/9oSvxM/C7ZCZX1jLO3Q=\t0\toff"));
    }

    private static void refused(List<WgCase> rows, String id, String reply, String sentence) {
        rows.add(row(id, "wg show m0").getReply(reply).fails("Unable to access interface: " + sentence));
    }

    private static void showconf(List<WgCase> rows) {
        String config = """
                [Interface]
                ListenPort = 51820
                FwMark = 0xca6c
                PrivateKey = <K1>

                [Peer]
                PublicKey = <K1>
                PresharedKey = <K2>
                AllowedIPs = 10.0.0.0/8, fd00::/64
                Endpoint = 192.0.2.1:51820
                PersistentKeepalive = 25

                [Peer]
                PublicKey = <K2>

                [Peer]
                PublicKey = <K3>
                Endpoint = [fe80::1%lo]:5""";
        rows.add(full("M01", "wg showconf m0").prints(config));
        rows.add(row("M02", "wg showconf m0").prints("[Interface]", ""));
        rows.add(row("M03", "wg showconf m0")
                .device("public_key=<K1>\n")
                .prints("[Interface]", "", "[Peer]", "PublicKey = <K1>"));
        rows.add(full("M04", "wg showconf m0 >f; wg setconf m0 f")
                .sends(
                        "private_key=<K1>",
                        "listen_port=51820",
                        "fwmark=51820",
                        "replace_peers=true",
                        "public_key=<K1>",
                        "preshared_key=<K2>",
                        "endpoint=192.0.2.1:51820",
                        "persistent_keepalive_interval=25",
                        "replace_allowed_ips=true",
                        "allowed_ip=10.0.0.0/8",
                        "allowed_ip=fd00::/64",
                        "public_key=<K2>",
                        "replace_allowed_ips=true",
                        "public_key=<K3>",
                        "endpoint=[fe80::1%lo]:5",
                        "replace_allowed_ips=true"));
        rows.add(row("M01", "wg showconf m0")
                .getReply("errno=13\n\n")
                .fails("Unable to access interface: Permission denied"));
    }
}
