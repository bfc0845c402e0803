// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.device.DeviceException;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.ScopeNames;
import io.wgj.monitor.protocol.ReplyWriter;
import io.wgj.monitor.protocol.Samples;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `wgj show` of a user who may not read devices, beside a monitor.
class ShowThroughMonitorTest {
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int EPROTONOSUPPORT = 93;
    private static final String DENIED = "Unable to access interface: Operation not permitted\n";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void mayNotRead() {
        for (String name : new String[] {"wg0", "wg1", "wg2"}) {
            host.devices.putBroken(name, new DeviceException(DeviceException.Reason.NOT_PERMITTED, EPERM, null));
        }
    }

    private Ran wgj(String... words) {
        host.monitor.answers(new ReplyWriter(ScopeNames.NONE).show(Samples.everything()));
        return Ran.wgj(host, words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "public-key",
                "listen-port",
                "fwmark",
                "peers",
                "endpoints",
                "allowed-ips",
                "latest-handshakes",
                "transfer",
                "persistent-keepalive"
            })
    void fieldsThatAreNoSecrets(String field) {
        Ran ran = wgj("show", "wg0", field);
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isNotBlank();
        assertThat(wgj("show", "all", field).out())
                .startsWith(ran.out().indent(0).replaceAll("(?m)^", "wg0\t").replaceAll("wg0\t$", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"private-key", "preshared-keys", "dump"})
    void secretsStayWithRoot(String field) {
        Ran ran = wgj("show", "wg0", field);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).startsWith(DENIED);
        assertThat(host.monitor.requests).isEmpty();
    }

    @Test
    void theBlocksForPeople() {
        Ran ran = wgj("show");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .contains(
                        "interface: wg0\n",
                        "  listening port: 51820\n",
                        "  endpoint: [fe80::1%2]:51820\n",
                        "interface: wg2");
        assertThat(host.monitor.requests).hasSize(1);
    }

    @Test
    void jsonNamesTheSource() {
        Ran ran = wgj("show", "--json");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out())
                .startsWith("{\"schema\":\"wgj/1\",\"source\":\"monitor\",\"interfaces\":[{\"name\":\"wg0\",");
        assertThat(wgj("show", "wg1", "--json=wg").out()).startsWith("{\n\t\"wg1\"");
    }

    /// The folder of userspace sockets is hidden, and the kernel has no WireGuard.
    @Test
    void aUserWhoSeesNoSocketIsAnsweredToo() {
        DeviceException forbidden = new DeviceException(DeviceException.Reason.NOT_PERMITTED, EACCES, null);
        for (String name : new String[] {"wg0", "wg1", "wg2"}) {
            host.devices.putBroken(name, new DeviceException(DeviceException.Reason.IO, EPROTONOSUPPORT, null));
            host.devices.examined.put(new DeviceName(name), forbidden);
        }
        assertThat(wgj("show", "wg0").out()).startsWith("interface: wg0\n");
        host.devices.listFailure = forbidden;
        assertThat(wgj("show").out()).contains("interface: wg0\n", "interface: wg2");
        assertThat(wgj("show", "interfaces").out()).isEqualTo("wg0 wg1 wg2\n");
        assertThat(wgj("show", "interfaces", "--json").out())
                .startsWith("{\"schema\":\"wgj/1\",\"source\":\"monitor\",\"interfaces\":[{\"name\":\"wg0\"}");
        assertThat(wgj("show", "--json").out()).contains("\"source\":\"monitor\"", "\"name\":\"wg2\"");
        assertThat(Ran.wg(host, "show", "interfaces").code()).isEqualTo(1);
        assertThat(Ran.wg(host, "show", "wg0").code()).isEqualTo(1);
    }

    @Test
    void jsonWithSecretsStaysWithRoot() {
        Ran ran = wgj("show", "wg0", "--json", "--secrets");
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.out()).isEqualTo("{\"schema\":\"wgj/1\",\"interfaces\":[]}\n");
        assertThat(host.monitor.requests).isEmpty();
    }

    @Test
    void withoutAMonitorTheFailureIsThatOfTheDevice() {
        Ran ran = Ran.wgj(host, "show", "wg0");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).startsWith(DENIED);
        assertThat(Ran.wgj(host, "show", "--json").code()).isEqualTo(4);
    }

    @Test
    void theOriginalAsksNoMonitor() {
        host.monitor.answers(new ReplyWriter(ScopeNames.NONE).show(Samples.everything()));
        assertThat(Ran.wg(host, "show", "wg0")).isEqualTo(new Ran(1, "", DENIED));
        assertThat(host.monitor.requests).isEmpty();
    }
}
