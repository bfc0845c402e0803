// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShowCommandTest {
    private final DeviceException ioError = new DeviceException(Reason.IO, 5, null);
    private static final String SHOW_USAGE = "Usage: wg show { <interface> | all | interfaces } [public-key |";

    private final MemoryHost host = new MemoryHost();

    @Test
    @Case({"K02", "K14"})
    void fieldsOfAllDevicesAreNamed() {
        host.devices.put(States.full("m0", host.now));
        assertThat(Ran.wg(host, "show", "all", "listen-port")).isEqualTo(new Ran(0, "m0\t51820\n", ""));
        assertThat(Ran.wg(host, "show", "all", "dump").out().lines())
                .hasSize(4)
                .allMatch(line -> line.startsWith("m0\t"));
    }

    @Test
    @Case("J20")
    void blocksAreSeparatedAndFailuresSkipped() {
        host.devices.put(States.empty("m0"));
        host.devices.put(States.empty("m1"));
        host.devices.putBroken("m2", ioError);
        assertThat(Ran.wg(host, "show"))
                .isEqualTo(new Ran(
                        0,
                        "interface: m0\n\ninterface: m1\n\n",
                        "Unable to access interface m2: Input/output error\n"));
    }

    @Test
    void anEmptyLineFollowsABlockOnlyWhenAnotherDeviceDoes() {
        host.devices.putBroken("m0", ioError);
        host.devices.put(States.empty("m1"));
        host.devices.put(States.empty("m2"));
        assertThat(Ran.wg(host).out()).isEqualTo("interface: m1\n\ninterface: m2\n");
    }

    @Test
    @Case("J21")
    void whenAllFailTheCommandFails() {
        host.devices.putBroken("m0", ioError);
        host.devices.putBroken("m1", ioError);
        Ran ran = Ran.wg(host, "show", "all");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err().lines()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "true, , true",
        "true, never, false",
        "false, always, true",
        "false, auto, false",
        "false, , false",
        "true, Never, true"
    })
    @Case({"J18", "J19"})
    void coloursFollowTheTerminalAndTheVariable(boolean terminal, @Nullable String mode, boolean coloured) {
        host.devices.put(States.empty("m0"));
        host.terminal = terminal;
        if (mode != null) {
            host.environment.put("WG_COLOR_MODE", mode);
        }
        assertThat(Ran.wg(host, "show").out().indexOf('\u001b') >= 0).isEqualTo(coloured);
    }

    @Test
    void ourOwnNameKnowsTheCommonColourVariables() {
        host.devices.put(States.empty("m0"));
        host.environment.put("CLICOLOR_FORCE", "1");
        assertThat(Ran.wgj(host, "show").out()).contains("\u001b");
        assertThat(Ran.wg(host, "show").out()).doesNotContain("\u001b");
        host.environment.put("NO_COLOR", "1");
        assertThat(Ran.wgj(host, "show").out()).doesNotContain("\u001b");
        host.environment.put("WG_COLOR_MODE", "always");
        assertThat(Ran.wgj(host, "show").out()).contains("\u001b");
    }

    @Test
    @Case("J05")
    void keysAreShownForNeverAlone() {
        host.devices.put(States.full("m0", host.now));
        host.environment.put("WG_HIDE_KEYS", "Never");
        assertThat(Ran.wg(host, "show").out()).contains("(hidden)").doesNotContain("key: " + States.K2);
        host.environment.put("WG_HIDE_KEYS", "never");
        assertThat(Ran.wg(host, "show").out()).doesNotContain("(hidden)").contains("key: " + States.K2);
    }

    @Test
    @Case({"K17", "K19"})
    void anUnknownFieldIsRefusedOnceADeviceWasRead() {
        host.devices.put(States.empty("m0"));
        host.devices.put(States.empty("m1"));
        for (String target : new String[] {"m0", "all"}) {
            Ran ran = Ran.wg(host, "show", target, "bogus");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).startsWith("Invalid parameter: `bogus'\n" + SHOW_USAGE);
            assertThat(ran.err().lines()).hasSize(2);
        }
    }

    @Test
    @Case("K18")
    void withoutDevicesAnUnknownFieldIsNobodysBusiness() {
        assertThat(Ran.wg(host, "show", "all", "bogus")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    @Case("K20")
    void namesAreOnOneLine() {
        assertThat(Ran.wg(host, "show", "interfaces")).isEqualTo(new Ran(0, "", ""));
        host.devices.put(States.empty("wg0"));
        host.devices.put(States.empty("wg1"));
        host.devices.put(States.empty("wga"));
        assertThat(Ran.wg(host, "show", "interfaces")).isEqualTo(new Ran(0, "wg0 wg1 wga\n", ""));
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    @Case({"K21", "K26"})
    void failuresAreTheSystemsWords() {
        assertThat(Ran.wg(host, "show", "nosuch"))
                .isEqualTo(new Ran(1, "", "Unable to access interface: No such device\n"));
        assertThat(Ran.wg(host, "show", "nosuch", "bogus").err())
                .isEqualTo("Unable to access interface: No such device\n");
        host.devices.listFailure = new DeviceException(Reason.NOT_PERMITTED, 13, null);
        for (String target : new String[] {"all", "interfaces"}) {
            assertThat(Ran.wg(host, "show", target))
                    .isEqualTo(new Ran(1, "", "Unable to list interfaces: Permission denied\n"));
        }
    }

    @Test
    @Case("D14")
    void aNumberWithTheWrongSignIsUnknown() {
        host.devices.applyFailure = new DeviceException(Reason.IO, -22, null);
        assertThat(Ran.wg(host, "set", "m0", "fwmark", "1").err())
                .isEqualTo("Unable to modify interface: Unknown error -22\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1, run it as root",
        "13, socket",
        "19, no such interface",
        "93, modprobe wireguard",
        "95, not a WireGuard",
        "36, at most 15 bytes",
        "71, userspace implementation",
        "5, Input/output error"
    })
    void underOurOwnNameTheReasonFollows(int errno, String said) {
        host.devices.putBroken("m0", new DeviceException(Reason.IO, errno, "the kernel's own words"));
        Ran ran = Ran.wgj(host, "showconf", "m0");
        assertThat(ran.err().lines()).hasSize(2).first().matches(line -> line.startsWith("Unable to access interface"));
        assertThat(ran.err()).contains("\nwgj: cannot read m0: ", said);
        assertThat(ran.err().contains("(the kernel's own words)")).isEqualTo(errno != 93);
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void underOurOwnNameTheSuspectIsNamed() {
        host.devices.applyFailure = new DeviceException(Reason.BUSY, 98, null);
        assertThat(Ran.wgj(host, "set", "m0", "listen-port", "5555").err())
                .startsWith("Unable to modify interface: Address already in use\nwgj: cannot change m0: ")
                .contains("wgj: port 5555 is taken");
        host.devices.applyFailure = new DeviceException(Reason.INVALID, 22, null);
        assertThat(Ran.wgj(host, "set", "m0", "peer", States.K1, "allowed-ips", "-10.0.0.1")
                        .err())
                .contains("needs Linux 6.16");
        assertThat(Ran.wgj(host, "set", "m0", "peer", States.K1, "allowed-ips", "+10.0.0.1")
                        .err())
                .doesNotContain("6.16");
    }

    @Test
    void aNumberThatWrapsIsAccepted() {
        assertThat(Ran.wgj(host, "set", "m0", "listen-port", "70000").err())
                .startsWith("wgj: ")
                .contains("70000", "4464");
        assertThat(Ran.wg(host, "set", "m0", "listen-port", "70000").err()).isEmpty();
    }

    @Test
    void writingCutsTheNameToFifteenBytes() {
        Ran.wg(host, "set", "abcdefghijklmnopqrst", "fwmark", "1");
        assertThat(host.devices.accesses).containsExactly("apply abcdefghijklmno");
    }
}
