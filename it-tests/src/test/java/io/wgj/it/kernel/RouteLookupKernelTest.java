// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.diagnosis.host.RouteCampaign;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Our look-up of routes beside the kernel's own, on each kernel of the ring: answers depend on its version. Every
/// other host has VRFs, which the kernel of the machine that runs the other rings may lack.
///
/// `WGJ_SEED` repeats a campaign.
@Tag("kernel")
@Tag("long")
class RouteLookupKernelTest {
    private static final int SYSTEMS = 25;
    private static final int QUESTIONS = 100;

    @Test
    void randomQuestionsAboutRandomHosts() throws Exception {
        String given = System.getenv("WGJ_SEED");
        long seed = given == null ? System.nanoTime() >>> 10 : Long.parseLong(given);
        System.out.println("WGJ_SEED=" + seed);
        RouteCampaign campaign = new RouteCampaign();
        for (int i = 0; i < SYSTEMS; i++) {
            campaign.run(seed + i, QUESTIONS, i % 2 == 0);
        }
        System.out.println(campaign.summary());
        assertThat(campaign.asked()).isEqualTo(SYSTEMS * QUESTIONS);
        assertThat(campaign.differences()).as("WGJ_SEED=%s", seed).isEmpty();
    }
}
