// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.ArrayList;
import java.util.List;

/// Sections C, D and E: the words of `set`, its numbers and its key files.
class WgSetTest extends WgCaseSuite {
    private static final String LENGTH = "Invalid length key in key file";

    @Override
    List<WgCase> rows() {
        List<WgCase> rows = new ArrayList<>();
        numbers(rows);
        grammar(rows);
        keyFiles(rows);
        return rows;
    }

    private static void numbers(List<WgCase> rows) {
        rows.add(set("C01", "listen-port 51820").sends("listen_port=51820"));
        rows.add(set("C02", "listen-port 65536").sends("listen_port=0"));
        rows.add(set("C03", "listen-port 70000").sends("listen_port=4464"));
        rows.add(set("C03", "listen-port 4294967376").sends("listen_port=80"));
        rows.add(set("C04", "listen-port domain").sends("listen_port=53"));
        rows.add(set("C05", "listen-port 010").sends("listen_port=10"));
        rows.add(set("C05", "listen-port ' +7'").sends("listen_port=7"));
        rows.add(set("C06", "listen-port ''").fails("Unable to parse empty port"));
        for (String port : List.of("-1", "0x50", "nosuchsvc", "5x", "++5", "5 ")) {
            rows.add(set("C07", "listen-port '" + port + "'")
                    .fails("Servname not supported for ai_socktype: `" + port + "'"));
        }
        rows.add(set("C08", "listen-port 5 listen-port 6").sends("listen_port=6"));
        for (String off : List.of("off", "OFF", "0")) {
            rows.add(set("C09", "fwmark " + off).sends("fwmark=0"));
        }
        rows.add(set("C10", "fwmark 0xfF").sends("fwmark=255"));
        rows.add(set("C11", "fwmark 010").sends("fwmark=10"));
        rows.add(set("C12", "fwmark 0xffffffff").sends("fwmark=4294967295"));
        for (String mark : List.of("4294967296", "0x100000000", "0x", "0XFF", "-1", " 5", "", "5x", "+5", "of")) {
            rows.add(set("C13", "fwmark '" + mark + "'")
                    .fails("Fwmark is neither 0/off nor 0-0xffffffff: `" + mark + "'"));
        }
        keepalive(rows, "C14", "25", "25");
        keepalive(rows, "C15", "off", "0");
        keepalive(rows, "C15", "Off", "0");
        keepalive(rows, "C15", "0", "0");
        keepalive(rows, "C16", "65535", "65535");
        keepalive(rows, "C16", "025", "25");
        for (String seconds : List.of("65536", "0x10", "-1", "", "25s", "4294967297", "+5")) {
            rows.add(set("C17", "peer $K1 persistent-keepalive '" + seconds + "'")
                    .fails("Persistent keepalive interval is neither 0/off nor 1-65535: `" + seconds + "'"));
        }
    }

    private static void keepalive(List<WgCase> rows, String id, String written, String sent) {
        rows.add(set(id, "peer $K1 persistent-keepalive " + written)
                .sends("public_key=<K1>", "persistent_keepalive_interval=" + sent));
    }

    private static void grammar(List<WgCase> rows) {
        rows.add(set("D01", "peer $K1").sends("public_key=<K1>"));
        rows.add(set("D02", "peer badkey").fails("Key is not the correct length or format: `badkey'"));
        rows.add(set("D03", "Peer $K1").fails("Invalid argument: Peer"));
        rows.add(set("D03", "pee $K1").fails("Invalid argument: pee"));
        rows.add(set("D04", "peer").fails("Invalid argument: peer"));
        rows.add(set("D05", "peer $K1 endpoint").fails("Invalid argument: endpoint"));
        rows.add(set("D05", "listen-port").fails("Invalid argument: listen-port"));
        rows.add(set("D06", "remove").fails("Invalid argument: remove"));
        rows.add(set("D06", "endpoint 1.2.3.4:5").fails("Invalid argument: endpoint"));
        for (String word : List.of("listen-port", "fwmark", "private-key")) {
            rows.add(set("D07", "peer $K1 " + word + " 5").fails("Invalid argument: " + word));
        }
        rows.add(set("D08", "peer $K1 remove").sends("public_key=<K1>", "remove=true"));
        rows.add(set("D09", "peer $K1 remove allowed-ips 10.0.0.1/32 endpoint 1.2.3.4:5")
                .sends("public_key=<K1>", "remove=true"));
        rows.add(set(
                        "D10",
                        "peer $K1 preshared-key <(echo $K2) endpoint 1.2.3.4:5 persistent-keepalive 5"
                                + " allowed-ips 10.0.0.0/8 peer $K2 remove peer $K1 allowed-ips ::/0")
                .sends(
                        "public_key=<K1>",
                        "preshared_key=<K2>",
                        "endpoint=1.2.3.4:5",
                        "persistent_keepalive_interval=5",
                        "replace_allowed_ips=true",
                        "allowed_ip=10.0.0.0/8",
                        "public_key=<K2>",
                        "remove=true",
                        "public_key=<K1>",
                        "replace_allowed_ips=true",
                        "allowed_ip=::/0"));
        rows.add(set("D11", "''").fails("Invalid argument: "));
        rows.add(set("D12", "listen-port 5 fwmark 6 peer $K1 bogus").fails("Invalid argument: bogus"));
        rows.add(modify("D13", "errno=-22\n\n", "Invalid argument"));
        rows.add(modify("D13", "errno=-98\n\n", "Address already in use"));
        rows.add(modify("D14", "errno=22\n\n", "Unknown error -22"));
        rows.add(modify("D14", "errno=-9999\n\n", "Unknown error 9999"));
        for (String reply : List.of("", "\n", "errno=x\n\n", "errno=0\n", "errno=+5\n\n", "garbage\nerrno=0\n\n")) {
            rows.add(modify("D15", reply, "Protocol error"));
        }
        rows.add(set("D16", "fwmark 1").setReply("foo=bar\nerrno=0\n\n").sends("fwmark=1"));
        rows.add(set("D16", "fwmark 1").setReply("errno=-22\nerrno=0\n\n").sends("fwmark=1"));
        // "No such device" where the kernel has the module.
        rows.add(row("D17", "wg set nosuch fwmark 1")
                .exits(1)
                .warnsLike("Unable to modify interface: (Protocol not supported|No such device)\n"));
    }

    private static void keyFiles(List<WgCase> rows) {
        String zeros = "private_key=<ZERO>";
        rows.add(key("E01", "printf %s $K1 >f", "f").sends("private_key=<K1>"));
        rows.add(key("E01", "printf '%s\\n\\n \\t\\r\\n\\v\\f' $K1 >f", "f").sends("private_key=<K1>"));
        rows.add(key("E02", ":", "/dev/null").sends(zeros));
        rows.add(key("E02", ": >f", "f").sends(zeros));
        rows.add(key("E02", ":", "/dev/stdin </dev/null").sends(zeros));
        rows.add(key("E03", ":", "<(printf '')").fails(LENGTH));
        rows.add(row("E03", ": | wg set m0 private-key /dev/stdin").fails(LENGTH));
        rows.add(key("E04", "echo >f", "f").fails(LENGTH));
        rows.add(key("E04", "echo short >f", "f").fails(LENGTH));
        rows.add(key("E04", ":", ".").fails(LENGTH));
        rows.add(key("E05", "printf '%s\\nx' $K1 >f", "f").fails("Found trailing character in key file: `x'"));
        rows.add(key("E06", "printf ' %s' $K1 >f", "f").fails("Found trailing character in key file: `='"));
        rows.add(key("E07", "printf '%s\\0' $K1 >f", "f").fails("Found trailing character in key file: `\0'"));
        rows.add(key("E08", "printf %sA ${K1%=} >f", "f")
                .fails("Key is not the correct length or format: `xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8DgA'")
                .oursSays("Key is not the correct length or format: `(hidden)'"));
        rows.add(set("E08", "peer $K1 preshared-key <(printf %sA ${K2%=})")
                .fails("Key is not the correct length or format: `TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0A'")
                .oursSays("Key is not the correct length or format: `(hidden)'"));
        rows.add(key("E09", ":", "missing").fails("fopen: No such file or directory"));
        rows.add(key("E09", ":", "-").fails("fopen: No such file or directory"));
        rows.add(row("E10", "echo $K1 | wg set m0 private-key /dev/stdin").sends("private_key=<K1>"));
        rows.add(set("E11", "peer $K1 preshared-key /dev/null").sends("public_key=<K1>", "preshared_key=<ZERO>"));
    }

    private static WgCase set(String id, String words) {
        return row(id, "wg set m0 " + words);
    }

    private static WgCase key(String id, String preparation, String file) {
        return row(id, preparation + "; wg set m0 private-key " + file);
    }

    private static WgCase modify(String id, String reply, String sentence) {
        return set(id, "fwmark 1").setReply(reply).failsAfterSending("Unable to modify interface: " + sentence);
    }
}
