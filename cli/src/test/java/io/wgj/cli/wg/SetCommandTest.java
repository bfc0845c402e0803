// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.LookupException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.cases.CaseTable;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.engine.uapi.UapiText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Groups C to G of the black-box cases: words of `wg set`, and what is sent or printed.
public class SetCommandTest implements CaseTable {
    private static final String HEX1 = "c53201039adba14be71f886da1d8dbe9eebded08cb111b75340078999aa9f038";
    private static final String HEX2 = "4eb32f4a83f88d842563a448cc181bb2c42a637bf12363e2fb2ef594e5965d7d";
    private static final String ZERO = "0".repeat(64);

    /// @param words separated by `|`; K1 and K2 stand for the keys
    /// @param sent the lines of the request behind `set=1`, separated by blanks; `!` when nothing may be sent
    /// @param printed standard error without its last newline
    record Row(String id, String words, String sent, String printed) {
        @Override
        public String toString() {
            return id + ": " + words;
        }
    }

    private static Row sends(String id, String words, String lines) {
        return new Row(id, words, lines, "");
    }

    private static Row refuses(String id, String words, String message) {
        return new Row(id, words, "!", message);
    }

    private static Row peerSends(String id, String words, String lines) {
        return sends(id, "peer|K1|" + words, ("public_key=" + HEX1 + " " + lines).strip());
    }

    private static Row peerRefuses(String id, String words, String message) {
        return refuses(id, "peer|K1|" + words, message);
    }

    private static Row allows(String id, String list, String lines) {
        return peerSends(id, "allowed-ips|" + list, lines);
    }

    static Stream<Row> rows() {
        String keepalive = "Persistent keepalive interval is neither 0/off nor 1-65535: `";
        String fwmark = "Fwmark is neither 0/off nor 0-0xffffffff: `";
        String badIp = "Unable to parse IP address: `";
        String badFormat = "AllowedIP is not in the correct format: `";
        String noPort = "Unable to find port of endpoint: `";
        String replace = "replace_allowed_ips=true";
        List<Row> rows = new ArrayList<>(List.of(
                sends("C01", "listen-port|51820", "listen_port=51820"),
                sends("C02", "listen-port|65536", "listen_port=0"),
                sends("C03", "listen-port|70000", "listen_port=4464"),
                sends("C04", "listen-port|domain", "listen_port=53"),
                sends("C05", "listen-port|010", "listen_port=10"),
                refuses("C06", "listen-port|", "Unable to parse empty port"),
                sends("C08", "listen-port|5|listen-port|6", "listen_port=6"),
                sends("C09", "fwmark|off", "fwmark=0"),
                sends("C09", "fwmark|OFF", "fwmark=0"),
                sends("C09", "fwmark|0", "fwmark=0"),
                sends("C10", "fwmark|0xfF", "fwmark=255"),
                sends("C11", "fwmark|010", "fwmark=10"),
                sends("C12", "fwmark|0xffffffff", "fwmark=4294967295"),
                peerSends("C14", "persistent-keepalive|25", "persistent_keepalive_interval=25"),
                peerSends("C15", "persistent-keepalive|off", "persistent_keepalive_interval=0"),
                peerSends("C15", "persistent-keepalive|Off", "persistent_keepalive_interval=0"),
                peerSends("C15", "persistent-keepalive|0", "persistent_keepalive_interval=0"),
                peerSends("C16", "persistent-keepalive|65535", "persistent_keepalive_interval=65535"),
                peerSends("C16", "persistent-keepalive|025", "persistent_keepalive_interval=25"),
                sends("D01", "peer|K1", "public_key=" + HEX1),
                refuses("D02", "peer|badkey", "Key is not the correct length or format: `badkey'"),
                refuses("D03", "Peer|K1", "Invalid argument: Peer"),
                refuses("D03", "pee|K1", "Invalid argument: pee"),
                refuses("D04", "peer", "Invalid argument: peer"),
                refuses("D05", "peer|K1|endpoint", "Invalid argument: endpoint"),
                refuses("D06", "remove", "Invalid argument: remove"),
                refuses("D06", "endpoint|1.2.3.4:5", "Invalid argument: endpoint"),
                peerRefuses("D07", "listen-port|5", "Invalid argument: listen-port"),
                peerRefuses("D07", "fwmark|5", "Invalid argument: fwmark"),
                peerRefuses("D07", "private-key|key", "Invalid argument: private-key"),
                peerSends("D08", "remove", "remove=true"),
                peerSends("D09", "remove|allowed-ips|10.0.0.1/32|endpoint|1.2.3.4:5", "remove=true"),
                sends(
                        "D10",
                        "peer|K1|preshared-key|psk|endpoint|1.2.3.4:5|persistent-keepalive|5|allowed-ips|10.0.0.0/8"
                                + "|peer|K2|remove|peer|K1|allowed-ips|::/0",
                        "public_key=" + HEX1 + " preshared_key=" + HEX2 + " endpoint=1.2.3.4:5"
                                + " persistent_keepalive_interval=5 " + replace + " allowed_ip=10.0.0.0/8"
                                + " public_key=" + HEX2 + " remove=true"
                                + " public_key=" + HEX1 + " " + replace + " allowed_ip=::/0"),
                refuses("D11", "|x", "Invalid argument: "),
                refuses("D12", "fwmark|5|listen-port|6|nonsense", "Invalid argument: nonsense"),
                sends("E01", "private-key|key", "private_key=" + HEX1),
                sends("E01", "private-key|blanks", "private_key=" + HEX1),
                sends("E02", "private-key|empty", "private_key=" + ZERO),
                refuses("E03", "private-key|emptypipe", "Invalid length key in key file"),
                refuses("E04", "private-key|newline", "Invalid length key in key file"),
                refuses("E04", "private-key|short", "Invalid length key in key file"),
                refuses("E04", "private-key|directory", "Invalid length key in key file"),
                refuses("E05", "private-key|trailing", "Found trailing character in key file: `x'"),
                refuses("E06", "private-key|leading", "Found trailing character in key file: `='"),
                refuses("E07", "private-key|nul", "Found trailing character in key file: `\0'"),
                refuses("E08", "private-key|secret", "Key is not the correct length or format: `(hidden)'"),
                peerRefuses("E08", "preshared-key|secret", "Key is not the correct length or format: `(hidden)'"),
                refuses("E09", "private-key|missing", "fopen: No such file or directory"),
                refuses("E09", "private-key|-", "fopen: No such file or directory"),
                sends("E10", "private-key|pipe", "private_key=" + HEX1),
                peerSends("E11", "preshared-key|empty", "preshared_key=" + ZERO),
                peerSends("F01", "endpoint|1.2.3.4:5", "endpoint=1.2.3.4:5"),
                peerSends("F02", "endpoint|[::1]:5", "endpoint=[::1]:5"),
                peerSends("F03", "endpoint|2001:db8::1:51820", "endpoint=[2001:db8::1]:51820"),
                peerSends("F07", "endpoint|[2001:DB8:0:0:1:0:0:1]:51820", "endpoint=[2001:db8::1:0:0:1]:51820"),
                peerSends("F08", "endpoint|[::ffff:1.2.3.4]:51820", "endpoint=[::ffff:1.2.3.4]:51820"),
                peerSends("F09", "endpoint|[::1:2]:51820", "endpoint=[::0.1.0.2]:51820"),
                peerSends("F12", "endpoint|1.2.3.4:0", "endpoint=1.2.3.4:0"),
                peerRefuses("F14", "endpoint|[::1", "Unable to find matching brace of endpoint: `[::1'"),
                peerRefuses("F15", "endpoint|", "Unable to parse empty endpoint"),
                allows("G01", "", replace),
                allows("G02", "10.0.0.1", replace + " allowed_ip=10.0.0.1/32"),
                allows("G02", "fd00::1", replace + " allowed_ip=fd00::1/128"),
                new Row(
                        "G03",
                        "peer|K1|allowed-ips|10.0.0.1/24",
                        "public_key=" + HEX1 + " " + replace + " allowed_ip=10.0.0.1/24",
                        "Warning: AllowedIP has nonzero host part: 10.0.0.1/24"),
                allows("G04", " 10.0.0.0 / 8 , 11.0.0.0/8 ", replace + " allowed_ip=10.0.0.0/8 allowed_ip=11.0.0.0/8"),
                allows("G07", "10.0.0.0/08", replace + " allowed_ip=10.0.0.0/8"),
                allows("G09", "1:0:0:2:0:0:0:3/128", replace + " allowed_ip=1:0:0:2::3/128"),
                allows("G10", "::ffff:0:0/96", replace + " allowed_ip=::ffff:0.0.0.0/96"),
                allows("G11", "+10.0.0.1/32", "allowed_ip=10.0.0.1/32"),
                allows("G12", "-10.0.0.1/32", "allowed_ip=-10.0.0.1/32"),
                allows("G13", "10.0.0.3/32,+10.0.0.1", "allowed_ip=10.0.0.3/32 allowed_ip=10.0.0.1/32"),
                allows(
                        "G14",
                        "+10.0.0.1/32,-10.0.0.2/32,10.0.0.3",
                        "allowed_ip=10.0.0.1/32 allowed_ip=-10.0.0.2/32 allowed_ip=10.0.0.3/32"),
                peerRefuses("G15", "allowed-ips|++10.0.0.1", badIp + "+10.0.0.1'"),
                peerRefuses("G16", "allowed-ips|-10.0.0.0/33", badFormat + "10.0.0.0/33'"),
                allows(
                        "G17",
                        "10.0.0.1|allowed-ips|10.0.0.2",
                        replace + " allowed_ip=10.0.0.1/32 allowed_ip=10.0.0.2/32"),
                allows(
                        "G18",
                        "+10.0.0.1|allowed-ips|10.0.0.2",
                        replace + " allowed_ip=10.0.0.1/32 allowed_ip=10.0.0.2/32"),
                allows("G19", "10.0.0.1|allowed-ips|+10.0.0.2", "allowed_ip=10.0.0.1/32 allowed_ip=10.0.0.2/32"),
                allows("G20", "+10.0.0.2|allowed-ips|", replace + " allowed_ip=10.0.0.2/32"),
                allows("G21", "10.0.0.1,10.0.0.1", replace + " allowed_ip=10.0.0.1/32 allowed_ip=10.0.0.1/32")));
        for (String bad : List.of("4294967296", "0x100000000", "0x", "0XFF", "-1", " 5", "", "5x")) {
            rows.add(refuses("C13", "fwmark|" + bad, fwmark + bad + "'"));
        }
        for (String bad : List.of("65536", "0x10", "-1", "", "25s")) {
            rows.add(peerRefuses("C17", "persistent-keepalive|" + bad, keepalive + bad + "'"));
        }
        for (String bad : List.of("1.2.3.4", "1.2.3.4:", "[::1]", "[::1]5", "[::1]:")) {
            rows.add(peerRefuses("F13", "endpoint|" + bad, noPort + bad + "'"));
        }
        for (String bad : List.of("10.0.0.0/8,", ",10.0.0.0/8", ",")) {
            rows.add(peerRefuses("G05", "allowed-ips|" + bad, badIp + "'"));
        }
        for (String bad : List.of("10.0.0.0/33", "::/129", "10.0.0.0/", "10.0.0.0/a", "10.0.0.0/+8", "10.0.0.0/8/8")) {
            rows.add(peerRefuses("G06", "allowed-ips|" + bad, badFormat + bad + "'"));
        }
        for (String bad :
                List.of("10/8", "10.0.0/8", "010.0.0.0/8", "[fd00::1]/128", "fe80::1%lo/128", "example.com/32")) {
            rows.add(peerRefuses("G08", "allowed-ips|" + bad, badIp + bad.substring(0, bad.indexOf('/')) + "'"));
        }
        rows.add(peerRefuses("G15", "allowed-ips|+", badIp + "'"));
        rows.add(peerRefuses("G15", "allowed-ips|-", badIp + "'"));
        return rows.stream();
    }

    @Override
    public List<String> caseIds() {
        return rows().map(Row::id).toList();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void wordsBecomeOneRequestOrOneMessage(Row row) {
        MemoryHost host = hostWithKeyFiles();

        Ran ran = Ran.wg(host, words(row.words()));

        String expected = row.printed().isEmpty() ? "" : row.printed() + "\n";
        assertThat(ran.err()).isEqualTo(expected);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.code()).isEqualTo(row.sent().equals("!") ? 1 : 0);
        assertThat(sent(host)).isEqualTo(row.sent());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void underOurOwnNameTheSameLinesComeFirst(Row row) {
        MemoryHost host = hostWithKeyFiles();

        Ran ran = Ran.wgj(host, words(row.words()));

        List<String> lines = ran.err().lines().toList();
        List<String> ours =
                lines.stream().filter(line -> line.startsWith("wgj: ")).toList();
        List<String> theirs =
                lines.stream().filter(line -> !line.startsWith("wgj: ")).toList();
        assertThat(String.join("\n", theirs)).isEqualTo(row.printed());
        if (ran.code() != 0) {
            assertThat(lines).endsWith(ours.toArray(String[]::new));
        }
        assertThat(ran.err()).doesNotContain(States.K1.substring(0, 20), "AAAA");
        assertThat(sent(host)).isEqualTo(row.sent());
    }

    private static String[] words(String text) {
        return ("set|m0|" + text.replace("K1", States.K1).replace("K2", States.K2)).split("\\|", -1);
    }

    private static String sent(MemoryHost host) {
        List<DeviceUpdate> updates = host.devices.updates;
        if (updates.isEmpty()) {
            return "!";
        }
        assertThat(updates).hasSize(1);
        String request = UapiText.formatSet(updates.getFirst(), host.scopes());
        return request.substring("set=1\n".length()).strip().replace('\n', ' ');
    }

    static MemoryHost hostWithKeyFiles() {
        MemoryHost host = new MemoryHost();
        String key = States.K1;
        host.files.put("key", key);
        host.files.put("psk", States.K2 + "\n");
        host.files.put("blanks", key + "\n\n \t\r\n");
        host.files.put("empty", "");
        host.files.putPipe("emptypipe", "");
        host.files.putPipe("pipe", key + "\n");
        host.files.put("newline", "\n");
        host.files.put("short", "short");
        host.files.putDirectory("directory");
        host.files.put("trailing", key + "\nx");
        host.files.put("leading", " " + key);
        host.files.put("nul", key + "\0");
        host.files.put("secret", "A".repeat(44));
        return host;
    }

    @org.junit.jupiter.api.Test
    @io.wgj.config.cases.Case("C07")
    void aServiceThatNobodyKnowsIsRefused() {
        for (String port : List.of("-1", "0x50", "nosuchsvc")) {
            MemoryHost host = new MemoryHost();
            host.lookupFailure = new LookupException("Servname not supported for ai_socktype", false);
            assertThat(Ran.wg(host, "set", "m0", "listen-port", port))
                    .isEqualTo(new Ran(1, "", "Servname not supported for ai_socktype: `" + port + "'\n"));
            assertThat(host.sleeps).isEmpty();
            assertThat(host.devices.accesses).isEmpty();
        }
    }
}
