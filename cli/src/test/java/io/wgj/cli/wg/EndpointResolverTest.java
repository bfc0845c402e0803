// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.LookupException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointResolverTest {
    private static final String TEMPORARY = "Temporary failure in name resolution";

    private final MemoryHost host = new MemoryHost();

    @Test
    @Case("F19")
    void waitsGrowByAFifthUpToTheFifteenth() {
        host.lookupFailure = new LookupException(TEMPORARY, false);

        Ran ran = set("a.example:5");

        assertThat(ran.err().lines().limit(15).map(line -> line.replaceAll(".* in ([0-9.]+) seconds\\.\\.\\.", "$1")))
                .containsExactly(
                        "1.00", "1.20", "1.44", "1.73", "2.07", "2.49", "2.99", "3.58", "4.30", "5.16", "6.19", "7.43",
                        "8.92", "10.70", "12.84");
        assertThat(ran.err()).endsWith("\n" + TEMPORARY + ": `a.example:5'\n");
        assertThat(host.lookups).hasSize(16).containsOnly("a.example 5");
        assertThat(host.sleeps).hasSize(15).startsWith(1000L, 1200L, 1440L);
        assertThat(ran.code()).isEqualTo(1);
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    @Case("F18")
    void retriesAreCountedByTheEnvironment() {
        host.environment.put(EndpointResolver.RETRIES, "2");
        host.lookupFailure = new LookupException(TEMPORARY, false);

        assertThat(set("a.example:5").err())
                .isEqualTo(TEMPORARY + ": `a.example:5'. Trying again in 1.00 seconds...\n" + TEMPORARY
                        + ": `a.example:5'. Trying again in 1.20 seconds...\n" + TEMPORARY + ": `a.example:5'\n");
    }

    @Test
    void waitsStopGrowingAtTwentySeconds() {
        host.environment.put(EndpointResolver.RETRIES, "25");
        host.lookupFailure = new LookupException(TEMPORARY, false);

        set("a.example:5");

        assertThat(host.sleeps).hasSize(25).endsWith(20_000L, 20_000L);
    }

    @Test
    @Case({"F16", "F17"})
    void whatIsPermanentIsNotAskedAgain() {
        host.lookupFailure = new LookupException("Name or service not known", true);

        assertThat(set(":51820")).isEqualTo(new Ran(1, "", "Name or service not known: `:51820'\n"));
        assertThat(set(" 1.2.3.4:5")).isEqualTo(new Ran(1, "", "Name or service not known: ` 1.2.3.4:5'\n"));
        assertThat(host.sleeps).isEmpty();
    }

    @Test
    @Case("F20")
    void anUnknownServiceIsAskedAgain() {
        host.environment.put(EndpointResolver.RETRIES, "1");
        host.lookupFailure = new LookupException("Servname not supported for ai_socktype", false);

        assertThat(set("1.2.3.4:nosuch").err().lines()).hasSize(2);
        assertThat(host.sleeps).containsExactly(1000L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "-1", "Infinity", "3x", "0x3", "3 ", "2147483648", "99999999999999999999", " "})
    @Case("F21")
    void aBadCountIsRefusedWithTheFirstEndpointHoweverWritten(String value) {
        host.environment.put(EndpointResolver.RETRIES, value);
        Ran refused = new Ran(1, "", "Unable to parse WG_ENDPOINT_RESOLUTION_RETRIES: `" + value + "'\n");

        for (String endpoint : List.of("1.2.3.4:5", "1.2.3.4", "", "[::1", "a.example:5")) {
            assertThat(set(endpoint)).isEqualTo(refused);
        }
        host.files.put("f", "[Peer]\nPublicKey = " + States.K1 + "\nEndpoint = 1.2.3.4:5\n");
        assertThat(Ran.wg(host, "setconf", "m0", "f")).isEqualTo(refused);
        host.files.put("f", "[Peer]\nPublicKey = " + States.K1 + "\nEndpoint = 1.2.3.4\n");
        assertThat(Ran.wg(host, "setconf", "m0", "f")).isEqualTo(refused);
        assertThat(host.devices.accesses).isEmpty();
    }

    @Test
    @Case("F22")
    void aBadCountIsNobodysBusinessWithoutAnEndpoint() {
        host.environment.put(EndpointResolver.RETRIES, "x");
        assertThat(Ran.wg(host, "set", "m0", "peer", States.K1).code()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "+3", " 3", "2147483647", "infinity"})
    @Case("F23")
    void goodCountsAreTaken(String value) {
        host.environment.put(EndpointResolver.RETRIES, value);
        assertThat(set("1.2.3.4:5")).isEqualTo(new Ran(0, "", ""));
    }

    private Ran set(String endpoint) {
        return Ran.wg(host, "set", "m0", "peer", States.K1, "endpoint", endpoint);
    }
}
