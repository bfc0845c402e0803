// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Ran;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rows of the doctor's table that look different with the kernel's module.
@Tag("kernel")
@Tag("long")
class DoctorKernelTest {
    @ParameterizedTest
    @CsvSource({
        "none, healthy",
        "no_allowed_ip, noAllowedIp",
        "no_route, noRoute",
        "near_output_drops, ownFirewallOut",
        "loop, loop",
        "rp_filter, rpFilter",
        "psk_differs, presharedKeysDiffer",
    })
    void theVerdictIsTheStagedCause(String fault, String cause) {
        Ran ran = DoctorScene.run(fault, "kernel").ok();
        assertThat(ran.stdout()).as(ran.stderr()).contains("\"cause\":\"" + cause + "\"");
    }
}
