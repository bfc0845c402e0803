// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// Section F: endpoints, and what the system's resolver makes of them.
@Tag("long")
class WgEndpointsTest extends WgCaseSuite {
    /// A name server that refuses at once: every look-up fails for the time being.
    private static final String NO_NAME_SERVER = "printf 'nameserver 127.0.0.1\\noptions timeout:1 attempts:1\\n' >r;"
            + " export WG_ENDPOINT_RESOLUTION_RETRIES=%s; %s;"
            + " unshare -m sh -c 'mount --bind r /etc/resolv.conf; exec %swg set m0 peer $K1 endpoint host.example:5'";

    @Override
    List<WgCase> rows() {
        List<WgCase> rows = new ArrayList<>();
        rows.add(endpoint("F01", "1.2.3.4:5").sends("public_key=<K1>", "endpoint=1.2.3.4:5"));
        sends(rows, "F02", "[::1]:5", "[::1]:5");
        sends(rows, "F03", "2001:db8::1:51820", "[2001:db8::1]:51820");
        sends(rows, "F04", "[127.0.0.1]:51820", "127.0.0.1:51820");
        sends(rows, "F05", "[fe80::1%lo]:51820", "[fe80::1%lo]:51820");
        sends(rows, "F05", "[fe80::1%1]:51820", "[fe80::1%lo]:51820");
        sends(rows, "F06", "[fe80::1%99]:51820", "[fe80::1%99]:51820");
        sends(rows, "F07", "[2001:DB8:0:0:1:0:0:1]:51820", "[2001:db8::1:0:0:1]:51820");
        sends(rows, "F08", "[::ffff:1.2.3.4]:51820", "[::ffff:1.2.3.4]:51820");
        sends(rows, "F09", "[::1:2]:51820", "[::0.1.0.2]:51820");
        sends(rows, "F10", "127.1:51820", "127.0.0.1:51820");
        sends(rows, "F10", "0x7f.1:51820", "127.0.0.1:51820");
        sends(rows, "F10", "2130706433:51820", "127.0.0.1:51820");
        sends(rows, "F11", "010.0.0.1:51820", "8.0.0.1:51820");
        sends(rows, "F12", "1.2.3.4:domain", "1.2.3.4:53");
        sends(rows, "F12", "1.2.3.4:70000", "1.2.3.4:4464");
        sends(rows, "F12", "1.2.3.4:0", "1.2.3.4:0");
        sends(rows, "F12", "1.2.3.4: 5", "1.2.3.4:5");
        for (String text : List.of("1.2.3.4", "1.2.3.4:", "[::1]", "[::1]5", "[::1]:")) {
            rows.add(endpoint("F13", text).fails("Unable to find port of endpoint: `" + text + "'"));
        }
        rows.add(endpoint("F14", "[::1").fails("Unable to find matching brace of endpoint: `[::1'"));
        rows.add(endpoint("F15", "").fails("Unable to parse empty endpoint"));
        // With all retries: a name that cannot exist is not looked up again.
        rows.add(row("F16", "unset WG_ENDPOINT_RESOLUTION_RETRIES; timeout 3 wg set m0 peer $K1 endpoint :51820")
                .fails("Name or service not known: `:51820'"));
        rows.add(endpoint("F17", " 1.2.3.4:5").fails("Name or service not known: ` 1.2.3.4:5'"));
        rows.add(row("F18", NO_NAME_SERVER.formatted("2", ":", ""))
                .fails(again("1.00"), again("1.20"), "Temporary failure in name resolution: `host.example:5'"));
        rows.add(row("F18", NO_NAME_SERVER.formatted("0", ":", ""))
                .fails("Temporary failure in name resolution: `host.example:5'"));
        // The first of the fifteen waits; all of them would take 72 seconds.
        String unlimited = NO_NAME_SERVER.formatted("", "unset WG_ENDPOINT_RESOLUTION_RETRIES", "");
        rows.add(row(
                        "F19",
                        ": >err; " + unlimited
                                + " 2>err & until (($(wc -l <err) >= 3 || SECONDS > 30)); do sleep .05; done;"
                                + " kill $!; wait $! 2>/dev/null; cat err >&2")
                .warns(again("1.00"), again("1.20"), again("1.44")));
        rows.add(row("F20", "WG_ENDPOINT_RESOLUTION_RETRIES=1 wg set m0 peer $K1 endpoint 1.2.3.4:nosuch")
                .fails(
                        "Servname not supported for ai_socktype: `1.2.3.4:nosuch'. Trying again in 1.00 seconds...",
                        "Servname not supported for ai_socktype: `1.2.3.4:nosuch'"));
        for (String retries : List.of("x", "-1", "Infinity", "2147483648", "1x")) {
            rows.add(row("F21", "WG_ENDPOINT_RESOLUTION_RETRIES=" + retries + " wg set m0 peer $K1 endpoint 1.2.3.4:5")
                    .fails("Unable to parse WG_ENDPOINT_RESOLUTION_RETRIES: `" + retries + "'"));
        }
        rows.add(row("F22", "WG_ENDPOINT_RESOLUTION_RETRIES=x wg set m0 peer $K1")
                .sends("public_key=<K1>"));
        rows.add(row("F23", "WG_ENDPOINT_RESOLUTION_RETRIES= wg set m0 peer $K1 endpoint 1.2.3.4:5")
                .sends("public_key=<K1>", "endpoint=1.2.3.4:5"));
        rows.add(row("F23", "WG_ENDPOINT_RESOLUTION_RETRIES=infinity wg set m0 peer $K1 endpoint 1.2.3.4:5")
                .sends("public_key=<K1>", "endpoint=1.2.3.4:5"));
        return rows;
    }

    private static String again(String seconds) {
        return "Temporary failure in name resolution: `host.example:5'. Trying again in " + seconds + " seconds...";
    }

    private static void sends(List<WgCase> rows, String id, String written, String sent) {
        rows.add(endpoint(id, written).sends("public_key=<K1>", "endpoint=" + sent));
    }

    private static WgCase endpoint(String id, String text) {
        return row(id, "wg set m0 peer $K1 endpoint '" + text + "'");
    }
}
