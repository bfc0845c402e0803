// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.HandshakeTime;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.EngineStat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonShowTest {
    private final MemoryHost host = new MemoryHost();

    @Test
    void oneDocumentTellsEverythingButSecrets() {
        host.devices.put(States.full("m0", host.now));

        Ran ran = Ran.wgj(host, "show", "--json");

        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).endsWith("}\n").doesNotContain("(none)", "(hidden)", "rivateKey", "presharedKey");
        assertThat(parse(ran.out())).isEqualTo(parse("""
                {"schema": "wgj/1", "interfaces": [{
                  "name": "m0", "publicKey": "+Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=",
                  "listenPort": 51820, "fwmark": 51820,
                  "peers": [
                    {"publicKey": "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=", "endpoint": "192.0.2.1:51820",
                     "allowedIps": ["10.0.0.0/8", "fd00::/64"], "latestHandshake": "2023-11-14T22:12:15Z",
                     "transferRx": 1152, "transferTx": 1048575, "persistentKeepalive": 25},
                    {"publicKey": "TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=", "allowedIps": [],
                     "transferRx": 0, "transferTx": 0},
                    {"publicKey": "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=", "endpoint": "[fe80::1%lo]:5",
                     "allowedIps": [], "latestHandshake": "2023-11-14T22:12:20Z",
                     "transferRx": 0, "transferTx": 148}]}]}
                """));
    }

    @Test
    void ourOwnEngineTellsWhichCodeRuns() {
        host.devices.put(States.empty("kernel0"));
        host.devices.put(States.empty("ours0"));
        host.devices.put(States.empty("theirs0"));
        host.devices.stats.put(
                new DeviceName("ours0"),
                List.of(
                        new EngineStat("aead", "OpenSSL"),
                        new EngineStat("x25519", "BouncyCastle"),
                        new EngineStat("tx_messages", "5")));
        host.devices.stats.put(new DeviceName("theirs0"), List.of());

        assertThat(parse(Ran.wgj(host, "show", "--json").out())).isEqualTo(parse("""
                {"schema": "wgj/1", "interfaces": [
                  {"name": "kernel0", "peers": []},
                  {"name": "ours0", "engine": {"aead": "OpenSSL", "x25519": "BouncyCastle"}, "peers": []},
                  {"name": "theirs0", "peers": []}]}
                """));
        assertThat(Ran.wgj(host, "show", "--json=wg").out()).doesNotContain("engine");
    }

    @Test
    void theSchemaComesFirst() {
        assertThat(Ran.wgj(host, "show", "all", "--json").out())
                .isEqualTo("{\"schema\":\"wgj/1\",\"interfaces\":[]}\n");
    }

    @Test
    void secretsAreToldWhenAskedFor() {
        host.devices.put(States.full("m0", host.now));
        JsonNode device =
                parse(Ran.wgj(host, "show", "m0", "--secrets", "--json").out()).at("/interfaces/0");
        assertThat(device.at("/privateKey").asText()).isEqualTo(States.K1);
        assertThat(device.at("/peers/0/presharedKey").asText()).isEqualTo(States.K2);
        JsonNode wg = parse(
                        Ran.wgj(host, "show", "m0", "--json=wg", "--secrets").out())
                .path("m0");
        assertThat(wg.path("privateKey").asText()).isEqualTo(States.K1);
        assertThat(wg.path("peers").path(States.K1).path("presharedKey").asText())
                .isEqualTo(States.K2);
    }

    @Test
    void theScriptsShapeIsIndentedWithTabs() {
        host.devices.put(States.full("m0", host.now));
        assertThat(Ran.wgj(host, "show", "--json=wg").out()).isEqualTo("""
                {
                T"m0": {
                TT"publicKey": "+Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=",
                TT"listenPort": 51820,
                TT"fwmark": 51820,
                TT"peers": {
                TTT"xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=": {
                TTTT"endpoint": "192.0.2.1:51820",
                TTTT"latestHandshake": 1699999935,
                TTTT"transferRx": 1152,
                TTTT"transferTx": 1048575,
                TTTT"persistentKeepalive": 25,
                TTTT"allowedIps": [
                TTTTT"10.0.0.0/8",
                TTTTT"fd00::/64"
                TTTT]
                TTT},
                TTT"TrMvSoP4jYQlY6RIzBgbssQqY3vxI2Pi+y71lOWWXX0=": {
                TTTT"allowedIps": [ ]
                TTT},
                TTT"yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=": {
                TTTT"endpoint": "[fe80::1%lo]:5",
                TTTT"latestHandshake": 1699999940,
                TTTT"transferTx": 148,
                TTTT"allowedIps": [ ]
                TTT}
                TT}
                T}
                }
                """.replaceAll("T(?=T*[\"}\\]])", "\t"));
    }

    @Test
    void theScriptsShapeOfNothingIsTwoLines() {
        assertThat(Ran.wgj(host, "show", "--json=wg").out()).isEqualTo("{\n}\n");
    }

    @Test
    void namesAreListedInTheSameShape() {
        host.devices.put(States.empty("wg0"));
        host.devices.put(States.empty("wg1"));
        assertThat(parse(Ran.wgj(host, "show", "interfaces", "--json").out()))
                .isEqualTo(parse("{\"schema\":\"wgj/1\",\"interfaces\":[{\"name\":\"wg0\"},{\"name\":\"wg1\"}]}"));
    }

    @ParameterizedTest
    @CsvSource({"NOT_FOUND, 19, 5", "NOT_PERMITTED, 1, 4", "IO, 5, 1", "NOT_SUPPORTED, 93, 1"})
    void aFailureLeavesValidJsonOnBothStreams(Reason reason, int errno, int code) {
        host.devices.putBroken("m0", new DeviceException(reason, errno, "more"));
        Ran ran = Ran.wgj(host, "show", "m0", "--json");
        assertThat(ran.code()).isEqualTo(code);
        assertThat(parse(ran.out())).isEqualTo(parse("{\"schema\":\"wgj/1\",\"interfaces\":[]}"));
        JsonNode error = parse(ran.err());
        assertThat(error.path("schema").asText()).isEqualTo("wgj/1");
        assertThat(error.at("/error/code").asInt()).isEqualTo(code);
        assertThat(error.at("/error/interface").asText()).isEqualTo("m0");
        assertThat(error.at("/error/errno").asInt()).isEqualTo(errno);
        assertThat(error.at("/error/message").asText()).startsWith("cannot read m0: ");
    }

    @Test
    void aListThatFailsIsAnEmptyDocument() {
        host.devices.listFailure = new DeviceException(Reason.NOT_PERMITTED, 13, null);
        for (String target : new String[] {"all", "interfaces"}) {
            Ran ran = Ran.wgj(host, "show", target, "--json");
            assertThat(ran.code()).isEqualTo(4);
            assertThat(ran.out()).isEqualTo("{\"schema\":\"wgj/1\",\"interfaces\":[]}\n");
            assertThat(parse(ran.err()).at("/error/code").asInt()).isEqualTo(4);
        }
    }

    @Test
    void whatCanBeReadIsTold() {
        host.devices.putBroken("m0", new DeviceException(Reason.IO, 5, null));
        host.devices.put(States.empty("m1"));
        Ran ran = Ran.wgj(host, "show", "--json");
        assertThat(ran.code()).isZero();
        assertThat(parse(ran.out()).at("/interfaces/0/name").asText()).isEqualTo("m1");
        assertThat(parse(ran.err()).at("/error/interface").asText()).isEqualTo("m0");
    }

    @ParameterizedTest
    @CsvSource({"show --json=xml", "show m0 dump --json", "show interfaces --json=wg", "show a b --json"})
    void misuseIsToldInJson(String words) {
        Ran ran = Ran.wgj(host, words.split(" ", -1));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(parse(ran.err()).at("/error/code").asInt()).isEqualTo(2);
    }

    @Test
    void underTheOriginalsNameItIsAField() {
        host.devices.put(States.empty("m0"));
        assertThat(Ran.wg(host, "show", "m0", "--json").err()).startsWith("Invalid parameter: `--json'\n");
    }

    @Test
    void namesOfAnyBytesMakeValidJson() {
        String snowman = new String("\u2603".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        host.devices.put(States.empty(snowman));
        host.devices.put(States.empty("\u00ff\"\\"));
        String out = Ran.wgj(host, "show", "--json").out();
        JsonNode document = parse(new String(out.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        assertThat(document.at("/interfaces/0/name").asText()).isEqualTo("\u2603");
        assertThat(document.at("/interfaces/1/name").asText()).isEqualTo("\ufffd\"\\");
    }

    @Test
    void hugeCountersAndTimesMakeValidJson() {
        host.devices.put(
                States.withPeers("m0", States.withTraffic(States.K1, new HandshakeTime(Long.MAX_VALUE, 0), -1, 0)));
        JsonNode peer = parse(Ran.wgj(host, "show", "--json").out()).at("/interfaces/0/peers/0");
        assertThat(peer.path("transferRx").asText()).isEqualTo("18446744073709551615");
        assertThat(peer.has("latestHandshake")).isFalse();
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (JsonProcessingException failure) {
            throw new AssertionError(json, failure);
        }
    }
}
