// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Ran;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each row of the doctor's table, staged between two engines of ours: the verdict is the staged cause. The scenes
/// run beside each other.
@Tag("namespace")
@Tag("long")
class DoctorNamespaceTest {
    private static final int BESIDE_EACH_OTHER = 5;
    private static final String[] FAULTS = {
        "far_drops",
        "key_unknown_there",
        "wrong_public_key",
        "far_output_drops",
        "far_inner_drops",
        "idle",
        "host_gone",
        "near_output_drops_uncounted",
        "near_input_drops_uncounted",
        "far_allowed_ips",
        "none",
        "link_down",
        "no_private_key",
        "peer_is_self",
        "no_endpoint",
        "no_allowed_ip",
        "no_route",
        "blackhole",
        "prohibited",
        "near_output_drops",
        "loop",
        "endpoint_is_self",
        "port_closed",
        "wrong_port",
        "far_rejects",
        "rp_filter",
        "near_input_drops",
        "psk_differs",
        "near_inner_drops",
        "mtu_outside",
        "mtu_inside",
        "moved",
        "none6",
        "far_drops6",
        "no_route6",
        "loop6",
        "host_gone6",
        "port_closed6",
        "near_output_drops6",
        "near_input_drops6",
        "moved6"
    };

    private static final Map<String, Future<Ran>> SCENES = new LinkedHashMap<>();
    private static final ExecutorService POOL = Executors.newFixedThreadPool(BESIDE_EACH_OTHER);

    @BeforeAll
    static void stage() {
        for (String fault : FAULTS) {
            SCENES.put(fault, POOL.submit(() -> DoctorScene.run(fault, "engine")));
        }
    }

    @AfterAll
    static void end() {
        POOL.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "none, healthy",
        "link_down, interfaceDown",
        "no_private_key, noPrivateKey",
        "peer_is_self, peerIsSelf",
        "no_endpoint, noEndpoint",
        "idle, noTraffic",
        "no_allowed_ip, noAllowedIp",
        "no_route, noRoute",
        "blackhole, noRoute",
        "prohibited, noRoute",
        "near_output_drops, ownFirewallOut",
        "near_output_drops_uncounted, ownFirewallOut",
        "loop, loop",
        "endpoint_is_self, endpointIsSelf",
        "host_gone, neighbourDead",
        "port_closed, portClosed",
        "wrong_port, portClosed",
        "far_rejects, refused",
        "rp_filter, rpFilter",
        "near_input_drops, ownFirewallIn",
        "near_input_drops_uncounted, ownFirewallIn",
        "psk_differs, presharedKeysDiffer",
        "key_unknown_there, keyUnknownThere",
        "wrong_public_key, wrongPublicKey",
        "far_drops, farFirewall",
        "far_output_drops, farFirewall",
        "far_allowed_ips, farAllowedIps",
        "far_inner_drops, nothingInside",
        "near_inner_drops, ownFirewallIn",
        "mtu_outside, mtuTooLarge",
        "mtu_inside, mtuTooLarge",
        "moved, endpointMoved",
        "none6, healthy",
        "far_drops6, farFirewall",
        "no_route6, noRoute",
        "loop6, loop",
        "host_gone6, neighbourDead",
        "port_closed6, portClosed",
        "near_output_drops6, ownFirewallOut",
        "near_input_drops6, ownFirewallIn",
        "moved6, endpointMoved",
    })
    void theVerdictIsTheStagedCause(String fault, String cause) throws Exception {
        Ran ran = SCENES.get(fault).get().ok();
        assertThat(ran.stdout()).as(ran.stderr()).contains("\"cause\":\"" + cause + "\"");
    }
}
