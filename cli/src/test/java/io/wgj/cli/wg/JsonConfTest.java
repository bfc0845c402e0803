// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.FakeDevice;
import io.wgj.config.net.DeviceName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `setconf`, `addconf` and `syncconf` with `--json`.
class JsonConfTest {
    private static final String START = "{\"schema\":\"wgj/1\",\"interfaces\":[{\"name\":\"m0\"";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aDevice() {
        host.devices.put(States.full("m0", host.now));
        host.devices.put(States.empty("m1"));
    }

    private Ran run(String verb, String document) {
        host.files.put("d.json", document);
        return Ran.wgj(host, verb, "m0", "--json", "d.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"setconf", "syncconf", "addconf"})
    void takesWhatShowPrints(String verb) throws DeviceException {
        String shown = Ran.wgj(host, "show", "m0", "--json", "--secrets").out();
        host.files.put("/dev/stdin", shown);
        Ran ran = Ran.wgj(host, verb, "m1", "--json", "-");

        assertThat(ran).isEqualTo(new Ran(0, "", ""));
        try (FakeDevice device = new FakeDevice(new DeviceName("m0"))) {
            device.apply(host.devices.updates.getLast());
            DeviceState after = device.read();
            DeviceState before = States.full("m0", host.now);
            assertThat(after.privateKey()).isEqualTo(before.privateKey());
            assertThat(after.listenPort()).isEqualTo(before.listenPort());
            assertThat(after.fwmark()).isEqualTo(before.fwmark());
            assertThat(after.peers()).hasSize(3);
            assertThat(after.peers().getFirst().presharedKey())
                    .isEqualTo(before.peers().getFirst().presharedKey());
            assertThat(after.peers().getFirst().allowedIps())
                    .isEqualTo(before.peers().getFirst().allowedIps());
            assertThat(after.peers().getFirst().endpoint())
                    .isEqualTo(before.peers().getFirst().endpoint());
            assertThat(after.peers().getFirst().persistentKeepalive()).isEqualTo(25);
        }
    }

    @Test
    void theVerbsDiffer() {
        String document = START + ",\"peers\":[{\"publicKey\":\"" + States.K2 + "\"}]}]}";
        assertThat(run("setconf", document).code()).isZero();
        assertThat(run("syncconf", document).code()).isZero();
        assertThat(run("addconf", document).code()).isZero();
        assertThat(host.devices.updates).extracting(DeviceUpdate::replacePeers).containsExactly(true, false, false);
        assertThat(host.devices.updates.get(1).peers())
                .as("two removed, one changed")
                .hasSize(3);
        assertThat(host.devices.updates.get(2).privateKey().isMentioned()).isFalse();
    }

    @Test
    void ofSeveralInterfacesTheDevicesOwnCounts() {
        String two =
                "{\"schema\":\"wgj/1\",\"interfaces\":[{\"name\":\"m1\",\"listenPort\":1},{\"name\":\"m0\",\"listenPort\":2}]}";
        assertThat(run("addconf", two).code()).isZero();
        assertThat(host.devices.updates.getLast().listenPort().value()).contains(2);
        Ran ran = run("addconf", two.replace("m0", "m2"));
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("none of its 2 interfaces is called m0");
    }

    @Test
    void aDocumentWithoutSecretsWouldEraseTheKey() {
        String shown = Ran.wgj(host, "show", "m0", "--json").out();
        assertThat(run("setconf", shown).err()).contains("show `--json --secrets'".replace("show `", "`show "));
        assertThat(run("syncconf", shown).code()).isEqualTo(3);
        assertThat(run("addconf", shown).code()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                ",\"listenPort\":65536}]}|/interfaces/0/listenPort|a number from 0 to 65535",
                ",\"listenPort\":-1}]}|/interfaces/0/listenPort|a number from 0 to 65535",
                ",\"listenPort\":1.5}]}|/interfaces/0/listenPort|a number from 0 to 65535",
                ",\"listenPort\":99999999999999999999999}]}|/interfaces/0/listenPort|a number from 0 to 65535",
                ",\"listenPort\":\"5\"}]}|/interfaces/0/listenPort|a number from 0 to 65535",
                ",\"listenPort\":null}]}|/interfaces/0/listenPort|a number from 0 to 65535",
                ",\"fwmark\":4294967296}]}|/interfaces/0/fwmark|a number from 0 to 4294967295",
                ",\"fwmark\":1,\"fwmark\":2}]}|/interfaces/0/fwmark|stands twice",
                ",\"listenport\":1}]}|/interfaces/0/listenport|did you mean `listenPort'?",
                ",\"peers\":{}}]}|/interfaces/0/peers|to be a list",
                ",\"peers\":[{}]}]}|/interfaces/0/peers/0|a peer needs a publicKey",
                ",\"peers\":[{\"publicKey\":\"x\"}]}]}|/interfaces/0/peers/0/publicKey|a key has 44 characters",
                ",\"privateKey\":\"short\"}]}|/interfaces/0/privateKey|a key has 44 characters",
                ",\"privateKey\":7}]}|/interfaces/0/privateKey|to be text",
            })
    void everyProblemHasAPlace(String rest, String pointer, String reason) {
        Ran ran = run("setconf", START + rest);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .startsWith("{\"schema\":\"wgj/1\",\"error\":{\"code\":3,")
                .contains("\"file\":\"d.json\",\"line\":1,\"column\":", "\"key\":\"" + pointer + "\"", reason);
        assertThat(host.devices.accesses).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0/33",
                "10.0.0.0/8,10.1.0.0/16",
                "+10.0.0.0/8",
                "",
                "name",
            })
    void aBadPrefixIsAProblem(String prefix) {
        Ran ran = run(
                "setconf",
                START + ",\"peers\":[{\"publicKey\":\"" + States.K2 + "\",\"allowedIps\":[\"" + prefix + "\"]}]}]}");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("/interfaces/0/peers/0/allowedIps/0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            value = {
                "{\"schema\":\"wgj/1\",\"interf|1|was it cut off?",
                "{\"schema\":\"wgj/1\",|1|was it cut off?",
                "[Interface]|1|this is no JSON",
                "{\"schema\":\"wgj/2\",\"interfaces\":[{}]}|1|schema wgj/1 can be read",
                "{\"interfaces\":[{}]}|1|no schema",
                "{\"schema\":\"wgj/1\"}|1|no interfaces",
                "{\"schema\":\"wgj/1\",\"interfaces\":[]}|1|no interface",
                "{\"schema\":\"wgj/1\",\"interfaces\":[{}]} {}|1|something follows",
                "[]|1|to be an object",
            })
    void whatIsNoDocumentChangesNothing(String document, int line, String reason) {
        Ran ran = run("syncconf", document);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err()).contains("\"line\":" + line, reason);
        assertThat(host.devices.accesses).isEmpty();
        assertThat(run("setconf", "").err()).contains("the document is empty");
        assertThat(run("setconf", "{\n \"schema\": \"wgj/1\",\n \"x\": 1 }").err())
                .contains("\"line\":3");
    }

    @Test
    void secretsAreNotRepeated() {
        for (String document : new String[] {
            START + ",\"privateKey\":\"" + States.PRIV + "x\"}]}",
            START + ",\"" + States.PRIV + "\":1}]}",
            START + ",\"name\":\"" + States.PRIV + "\",\"name\":1}]}",
            "\"" + States.PRIV + "\"",
            States.PRIV,
        }) {
            Ran ran = run("setconf", document);
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.err()).doesNotContain(States.PRIV.substring(0, 43));
        }
    }

    @Test
    void filesAndDevicesHaveTheirCodes() {
        assertThat(Ran.wgj(host, "setconf", "m0", "--json", "missing").code()).isEqualTo(5);
        assertThat(Ran.wgj(host, "setconf", "m0", "--json").code()).isEqualTo(2);
        host.devices.applyFailure = new DeviceException(DeviceException.Reason.NOT_PERMITTED, 1, null);
        Ran ran = run("setconf", START + "}]}");
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).contains("\"code\":4", "\"errno\":1", "\"interface\":\"m0\"");
    }

    @Test
    void theOriginalKnowsNoJson() {
        assertThat(Ran.wg(host, "setconf", "m0", "--json", "d.json").err()).startsWith("Usage: wg setconf");
    }
}
