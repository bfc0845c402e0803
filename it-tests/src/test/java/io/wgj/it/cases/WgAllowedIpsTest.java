// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.ArrayList;
import java.util.List;

/// Section G: the list that `allowed-ips` takes. What kernels make of it is in the kernel ring.
class WgAllowedIpsTest extends WgCaseSuite {
    private static final String REPLACE = "replace_allowed_ips=true";

    @Override
    List<WgCase> rows() {
        List<WgCase> rows = new ArrayList<>();
        sends(rows, "G01", "''", REPLACE);
        sends(rows, "G02", "10.0.0.1", REPLACE, "allowed_ip=10.0.0.1/32");
        sends(rows, "G02", "fd00::1", REPLACE, "allowed_ip=fd00::1/128");
        rows.add(list("G03", "10.0.0.1/24")
                .warns("Warning: AllowedIP has nonzero host part: 10.0.0.1/24")
                .sends("public_key=<K1>", REPLACE, "allowed_ip=10.0.0.1/24"));
        rows.add(list("G03", "fd00::1/064,10.0.0.1/0")
                .warns(
                        "Warning: AllowedIP has nonzero host part: fd00::1/064",
                        "Warning: AllowedIP has nonzero host part: 10.0.0.1/0")
                .sends("public_key=<K1>", REPLACE, "allowed_ip=fd00::1/64", "allowed_ip=10.0.0.1/0"));
        sends(rows, "G04", "' 10.0.0.0 / 8 , 11.0.0.0/8 '", REPLACE, "allowed_ip=10.0.0.0/8", "allowed_ip=11.0.0.0/8");
        for (String text : List.of("10.0.0.0/8,", ",10.0.0.0/8", ",")) {
            rows.add(list("G05", text).fails("Unable to parse IP address: `'"));
        }
        for (String text : List.of("10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/a", "10.0.0.0/+8", "10.0.0.0/8/8")) {
            rows.add(list("G06", text).fails("AllowedIP is not in the correct format: `" + text + "'"));
        }
        sends(rows, "G07", "10.0.0.0/08", REPLACE, "allowed_ip=10.0.0.0/8");
        badAddress(rows, "G08", "10/8", "10");
        badAddress(rows, "G08", "10.0.0/8", "10.0.0");
        badAddress(rows, "G08", "010.0.0.0/8", "010.0.0.0");
        badAddress(rows, "G08", "[fd00::1]/128", "[fd00::1]");
        badAddress(rows, "G08", "fe80::1%lo/128", "fe80::1%lo");
        badAddress(rows, "G08", "example.com/32", "example.com");
        sends(rows, "G09", "1:0:0:2:0:0:0:3/128", REPLACE, "allowed_ip=1:0:0:2::3/128");
        sends(rows, "G10", "::ffff:0:0/96", REPLACE, "allowed_ip=::ffff:0.0.0.0/96");
        sends(rows, "G11", "+10.0.0.1/32", "allowed_ip=10.0.0.1/32");
        sends(rows, "G12", "-10.0.0.1/32", "allowed_ip=-10.0.0.1/32");
        sends(rows, "G13", "10.0.0.3/32,+10.0.0.1", "allowed_ip=10.0.0.3/32", "allowed_ip=10.0.0.1/32");
        sends(
                rows,
                "G14",
                "+10.0.0.1/32,-10.0.0.2/32,10.0.0.3",
                "allowed_ip=10.0.0.1/32",
                "allowed_ip=-10.0.0.2/32",
                "allowed_ip=10.0.0.3/32");
        badAddress(rows, "G15", "+", "");
        badAddress(rows, "G15", "-", "");
        badAddress(rows, "G15", "++10.0.0.1", "+10.0.0.1");
        rows.add(list("G16", "-10.0.0.0/33").fails("AllowedIP is not in the correct format: `10.0.0.0/33'"));
        two(rows, "G17", "10.0.0.1", "10.0.0.2", true);
        two(rows, "G18", "+10.0.0.1", "10.0.0.2", true);
        two(rows, "G19", "10.0.0.1", "+10.0.0.2", false);
        rows.add(row("G20", "wg set m0 peer $K1 allowed-ips +10.0.0.2 allowed-ips ''")
                .sends("public_key=<K1>", REPLACE, "allowed_ip=10.0.0.2/32"));
        sends(rows, "G21", "10.0.0.1,10.0.0.1", REPLACE, "allowed_ip=10.0.0.1/32", "allowed_ip=10.0.0.1/32");
        // What a device without support for it answers.
        rows.add(list("G23", "-10.0.0.1/32")
                .setReply("errno=-22\n\n")
                .failsAfterSending("Unable to modify interface: Invalid argument"));
        return rows;
    }

    private static void two(List<WgCase> rows, String id, String first, String second, boolean replace) {
        WgCase row = row(id, "wg set m0 peer $K1 allowed-ips " + first + " allowed-ips " + second);
        rows.add(
                replace
                        ? row.sends("public_key=<K1>", REPLACE, "allowed_ip=10.0.0.1/32", "allowed_ip=10.0.0.2/32")
                        : row.sends("public_key=<K1>", "allowed_ip=10.0.0.1/32", "allowed_ip=10.0.0.2/32"));
    }

    private static void badAddress(List<WgCase> rows, String id, String text, String address) {
        rows.add(list(id, text).fails("Unable to parse IP address: `" + address + "'"));
    }

    private static void sends(List<WgCase> rows, String id, String words, String... lines) {
        String[] all = new String[lines.length + 1];
        all[0] = "public_key=<K1>";
        System.arraycopy(lines, 0, all, 1, lines.length);
        rows.add(list(id, words.replace("'", "")).sends(all));
    }

    private static WgCase list(String id, String text) {
        return row(id, "wg set m0 peer $K1 allowed-ips '" + text + "'");
    }
}
