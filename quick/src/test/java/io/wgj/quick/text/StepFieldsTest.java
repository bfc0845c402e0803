// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.device.PeerUpdate;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StepFieldsTest {
    private static final PublicKey KEY = PublicKey.parseBase64("xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=")
            .orElseThrow();
    private static final PrivateKey SECRET = PrivateKey.parseBase64("yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=")
            .orElseThrow();

    private static Map<String, Object> fields(Step step) {
        return new StepFields(TableNames.STANDARD, Map.of()).of(step);
    }

    static List<Step> everyStep() {
        return Samples.everyStep();
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void everyStepHasFieldsThatJsonCanHold(Step step) {
        Map<String, Object> fields = fields(step);
        assertThat(fields).isNotEmpty().doesNotContainKeys("kind", "commands");
        assertThat(fields.values()).allSatisfy(StepFieldsTest::isJson);
    }

    private static void isJson(Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThat(map.values()).allSatisfy(StepFieldsTest::isJson);
        } else if (value instanceof List<?> list) {
            assertThat(list).allSatisfy(StepFieldsTest::isJson);
        } else {
            assertThat(value).isInstanceOfAny(String.class, Boolean.class, Integer.class, Long.class);
        }
    }

    @Test
    void aRouteHasItsParts() {
        Step step = new Step.AddRoute(
                Samples.route("10.0.0.0/8 via 192.0.2.1 dev eth0 src 192.0.2.7 metric 4294967295 table 9 proto 87"));
        assertThat(StepFields.kind(step)).isEqualTo("addRoute");
        assertThat(fields(step))
                .isEqualTo(Map.of(
                        "family", "inet",
                        "destination", "10.0.0.0/8",
                        "gateway", "192.0.2.1",
                        "device", "eth0",
                        "preferredSource", "192.0.2.7",
                        "table", "9",
                        "metric", 4294967295L,
                        "protocol", 87));
    }

    @Test
    void aRuleHasItsParts() {
        assertThat(fields(new Step.AddRule(Samples.rule("-6 not fwmark 51820 priority 32765 table main protocol 87"))))
                .isEqualTo(Map.of(
                        "family",
                        "inet6",
                        "priority",
                        32765L,
                        "not",
                        true,
                        "fwmark",
                        51820L,
                        "action",
                        "lookup",
                        "table",
                        "main",
                        "protocol",
                        87));
    }

    @Test
    void aReplacementHasWhatWasThereBefore() {
        Step step = new Step.ReplaceRoute(Samples.route("10.0.0.0/8 dev a"), Samples.route("10.0.0.0/8 dev b"));
        assertThat(fields(step)).containsEntry("device", "a");
        assertThat(fields(step).get("before")).asString().contains("device=b");
    }

    @Test
    void aDeviceHasItsPeersAndNoSecrets() {
        PeerSettings<io.wgj.config.net.Endpoint.Numeric> settings = PeerSettings.NONE
                .withPersistentKeepalive(25)
                .withAllowedIps(
                        false,
                        List.of(
                                AllowedIpUpdate.add(Samples.prefix("10.1.0.0/16")),
                                new AllowedIpUpdate(Samples.prefix("10.2.0.0/16"), true)));
        DeviceUpdate update = new DeviceUpdate(
                Change.set(SECRET),
                Change.keep(),
                Change.set(-1),
                false,
                List.of(PeerUpdate.Put.existing(KEY, settings)));
        Map<String, Object> fields = new StepFields(TableNames.STANDARD, Map.of(KEY.toBase64(), "example.net:5"))
                .of(new Step.ApplyDevice(Samples.WG0, Optional.of(update)));
        assertThat(fields)
                .isEqualTo(Map.of(
                        "interface",
                        "wg0",
                        "privateKey",
                        "(hidden)",
                        "fwmark",
                        4294967295L,
                        "peers",
                        List.of(Map.of(
                                "publicKey",
                                KEY.toBase64(),
                                "endpoint",
                                "example.net:5",
                                "persistentKeepalive",
                                25,
                                "allowedIps",
                                List.of("10.1.0.0/16"),
                                "removedAllowedIps",
                                List.of("10.2.0.0/16")))));
    }
}
