// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static io.wgj.it.cases.WgCase.row;

import java.util.ArrayList;
import java.util.List;

/// Section J: what `show` prints for people.
class WgShowTest extends WgCaseSuite {
    private static final String K1_BLOCK = """
            peer: <K1>
              preshared key: (hidden)
              endpoint: 192.0.2.1:51820
              allowed ips: 10.0.0.0/8, fd00::/64
              latest handshake: 1 minute, 5 seconds ago
              transfer: 1.12 KiB received, 1024.00 KiB sent
              persistent keepalive: every 25 seconds""";
    private static final String K2_BLOCK = "peer: <K2>\n  allowed ips: (none)";
    private static final String K3_BLOCK = """
            peer: <K3>
              endpoint: [fe80::1%lo]:5
              allowed ips: (none)
              latest handshake: 1 minute ago
              transfer: 0 B received, 148 B sent""";
    private static final String DEVICE_BLOCK = """
            interface: m0
              public key: <PUBK1>
              private key: (hidden)
              listening port: 51820
              fwmark: 0xca6c""";

    /// The escape sequences of the original by short names: `{0}`, `{b}` bold, `{r}` red, `{g}` green, `{y}`
    /// yellow, `{c}` cyan.
    private static final String COLOURED = """
            {0}{g}{b}interface{0}: {g}m0{0}
              {b}public key{0}: <PUBK1>
              {b}private key{0}: (hidden)
              {b}listening port{0}: 51820
              {b}fwmark{0}: 0xca6c

            {y}{b}peer{0}: {y}<K3>{0}
              {b}endpoint{0}: [fe80::1%lo]:5
              {b}allowed ips{0}: (none)
              {b}latest handshake{0}: 1 {c}minute{0} ago
              {b}transfer{0}: 0 {c}B{0} received, 148 {c}B{0} sent

            {y}{b}peer{0}: {y}<K1>{0}
              {b}preshared key{0}: (hidden)
              {b}endpoint{0}: 192.0.2.1:51820
              {b}allowed ips{0}: 10.0.0.0{c}/{0}8, fd00::{c}/{0}64
              {b}latest handshake{0}: 1 {c}minute{0}, 5 {c}seconds{0} ago
              {b}transfer{0}: 1.12 {c}KiB{0} received, 1024.00 {c}KiB{0} sent
              {b}persistent keepalive{0}: every 25 {c}seconds{0}

            {y}{b}peer{0}: {y}<K2>{0}
              {b}allowed ips{0}: (none)""";

    @Override
    List<WgCase> rows() {
        List<WgCase> rows = new ArrayList<>();
        blocks(rows);
        ages(rows);
        amounts(rows);
        colours(rows);
        several(rows);
        return rows;
    }

    private static void blocks(List<WgCase> rows) {
        String whole = DEVICE_BLOCK + "\n\n" + K3_BLOCK + "\n\n" + K1_BLOCK + "\n\n" + K2_BLOCK;
        rows.add(full("J01", "wg show m0").prints(whole));
        rows.add(full("J01", "wg").prints(whole));
        rows.add(full("J02", "wg show m0 | sed -n '13,19p'").prints(K1_BLOCK));
        rows.add(full("J03", "wg show m0 | sed -n '7,11p'").prints(K3_BLOCK));
        rows.add(full("J04", "wg show m0 | tail -2").prints(K2_BLOCK));
        rows.add(full("J05", "WG_HIDE_KEYS=never wg show m0 | grep -e private -e preshared")
                .prints("  private key: <K1>", "  preshared key: <K2>"));
        for (String hide : List.of("Never", "always", "''")) {
            rows.add(full("J05", "WG_HIDE_KEYS=" + hide + " wg show m0 | grep -e private -e preshared")
                    .prints("  private key: (hidden)", "  preshared key: (hidden)"));
        }
        rows.add(row("J06", "wg show m0").prints("interface: m0"));
        rows.add(row("J06", "wg show m0")
                .device("public_key=<K1>\n")
                .prints("interface: m0", "", "peer: <K1>", "  allowed ips: (none)"));
    }

    private static void ages(List<WgCase> rows) {
        age(rows, "J07", "-0", "Now");
        age(rows, "J07", "-1", "1 second ago");
        age(rows, "J07", "-60", "1 minute ago");
        age(rows, "J07", "-61", "1 minute, 1 second ago");
        age(rows, "J07", "-3600", "1 hour ago");
        age(rows, "J07", "-3601", "1 hour, 1 second ago");
        age(rows, "J07", "-86400", "1 day ago");
        age(rows, "J07", "-90061", "1 day, 1 hour, 1 minute, 1 second ago");
        age(rows, "J07", "-31536000", "1 year ago");
        age(rows, "J07", "-63158400", "2 years, 1 day ago");
        age(rows, "J08", "+30", "(System clock wound backward; connection problems may ensue.)");
        rows.add(row("J09", "wg show m0")
                .device("public_key=<K1>\nlast_handshake_time_sec=0\nlast_handshake_time_nsec=1\n")
                .prints("interface: m0", "", "peer: <K1>", "  allowed ips: (none)"));
        keepalive(rows, "1", "1 second");
        keepalive(rows, "60", "1 minute");
        keepalive(rows, "61", "1 minute, 1 second");
        keepalive(rows, "3600", "1 hour");
        keepalive(rows, "65535", "18 hours, 12 minutes, 15 seconds");
        rows.add(row("J13", "wg show m0 | grep peer:").device("""
                        public_key=<K1>
                        last_handshake_time_sec=<now-5>
                        last_handshake_time_nsec=1
                        public_key=<K2>
                        last_handshake_time_sec=<now-5>
                        last_handshake_time_nsec=2
                        public_key=<K3>
                        last_handshake_time_sec=<now-5>
                        last_handshake_time_nsec=1
                        """).prints("peer: <K2>", "peer: <K1>", "peer: <K3>"));
    }

    private static void age(List<WgCase> rows, String id, String offset, String shown) {
        rows.add(row(id, "wg show m0 | tail -1")
                .device("public_key=<K1>\nlast_handshake_time_sec=<now" + offset + ">\n")
                .prints("  latest handshake: " + shown));
    }

    private static void keepalive(List<WgCase> rows, String seconds, String shown) {
        rows.add(row("J10", "wg show m0 | tail -1")
                .device("public_key=<K1>\npersistent_keepalive_interval=" + seconds + "\n")
                .prints("  persistent keepalive: every " + shown));
    }

    private static void amounts(List<WgCase> rows) {
        amount(rows, "J11", "1023", "1023 B");
        amount(rows, "J11", "1024", "1.00 KiB");
        amount(rows, "J11", "1029", "1.00 KiB");
        amount(rows, "J11", "1030", "1.01 KiB");
        amount(rows, "J11", "1152", "1.12 KiB");
        amount(rows, "J11", "1408", "1.38 KiB");
        amount(rows, "J11", "1664", "1.62 KiB");
        amount(rows, "J11", "1920", "1.88 KiB");
        amount(rows, "J12", "1048576", "1.00 MiB");
        amount(rows, "J12", "1073741823", "1024.00 MiB");
        amount(rows, "J12", "1073741824", "1.00 GiB");
        amount(rows, "J12", "1099511627775", "1024.00 GiB");
        amount(rows, "J12", "1099511627776", "1.00 TiB");
        amount(rows, "J12", "1125899906842624", "1024.00 TiB");
        amount(rows, "J12", "18446744073709551615", "16777216.00 TiB");
        amount(rows, "J12", "9223372036854775808", "8388608.00 TiB");
    }

    private static void amount(List<WgCase> rows, String id, String bytes, String shown) {
        rows.add(row(id, "wg show m0 | tail -1")
                .device("public_key=<K1>\nrx_bytes=" + bytes + "\n")
                .prints("  transfer: " + shown + " received, 0 B sent"));
    }

    private static void colours(List<WgCase> rows) {
        String coloured = escapes(COLOURED);
        rows.add(full("J14", "WG_COLOR_MODE=always wg show m0").prints(coloured));
        rows.add(full("J15", "WG_COLOR_MODE=always wg show m0 | grep '10.0.0.0'")
                .prints(escapes("  {b}allowed ips{0}: 10.0.0.0{c}/{0}8, fd00::{c}/{0}64")));
        rows.add(full("J16", "WG_COLOR_MODE=always wg show m0 | grep '5 '")
                .prints(
                        escapes("  {b}latest handshake{0}: 1 {c}minute{0}, 5 {c}seconds{0} ago"),
                        escapes("  {b}persistent keepalive{0}: every 25 {c}seconds{0}")));
        rows.add(row("J16", "WG_COLOR_MODE=always wg show m0 | tail -1")
                .device("public_key=<K1>\nlast_handshake_time_sec=<now+30>\n")
                .prints(escapes("  {b}latest handshake{0}: "
                        + "({r}System clock wound backward; connection problems may ensue.{0})")));
        rows.add(
                full("J17", "WG_COLOR_MODE=always wg show m0 | grep $K3").prints(escapes("{y}{b}peer{0}: {y}<K3>{0}")));
        String pty = "script -qec 'wg show m0' /dev/null </dev/null | tr -d '\\r'";
        rows.add(full("J18", pty).prints(coloured));
        rows.add(full("J18", "WG_COLOR_MODE=auto " + pty).prints(coloured));
        String plain = DEVICE_BLOCK + "\n\n" + K3_BLOCK + "\n\n" + K1_BLOCK + "\n\n" + K2_BLOCK;
        rows.add(full("J18", "WG_COLOR_MODE=never " + pty).prints(plain));
        rows.add(full("J19", "WG_COLOR_MODE=auto wg show m0").prints(plain));
        rows.add(full("J19", "WG_COLOR_MODE=Always wg show m0").prints(plain));
    }

    private static void several(List<WgCase> rows) {
        MockReplies broken = MockReplies.EMPTY.withGet("errno=5\n\n");
        // The order is the folder's, which differs between kernels: the original's in the same folder decides.
        rows.add(row("J20", "wg show")
                .device("m1", "")
                .replying("m2", broken)
                .printsLike("(interface: m[01]\n\n?){2}")
                .warns("Unable to access interface m2: Input/output error"));
        rows.add(row("J21", "wg show")
                .replying("m0", broken)
                .replying("m1", broken)
                .exits(1)
                .warnsLike("(Unable to access interface m[01]: Input/output error\n){2}"));
    }

    private static WgCase full(String id, String script) {
        return row(id, script).device(fullDevice("<now-65>", "<now-60>"));
    }

    /// A device with everything, its first and third peer's handshakes at these times.
    static String fullDevice(String first, String third) {
        return """
                private_key=<K1>
                listen_port=51820
                fwmark=51820
                public_key=<K1>
                preshared_key=<K2>
                endpoint=192.0.2.1:51820
                last_handshake_time_sec=%s
                last_handshake_time_nsec=5
                rx_bytes=1152
                tx_bytes=1048575
                persistent_keepalive_interval=25
                allowed_ip=10.0.0.0/8
                allowed_ip=fd00::/64
                public_key=<K2>
                public_key=<K3>
                endpoint=[fe80::1%%lo]:5
                last_handshake_time_sec=%s
                tx_bytes=148
                """.formatted(first, third);
    }

    private static String escapes(String text) {
        return text.replace("{0}", "\033[0m")
                .replace("{b}", "\033[1m")
                .replace("{r}", "\033[31m")
                .replace("{g}", "\033[32m")
                .replace("{y}", "\033[33m")
                .replace("{c}", "\033[36m");
    }
}
