// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static io.wgj.it.kernel.Stage.playTwice;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which peer owns a prefix, and in which order the kernel lists prefixes.
@Tag("kernel")
class AllowedIpsTest {
    @Test
    @Case("G22")
    void aPrefixMovesToThePeerThatNamesItLast() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            stage.does("set wg0 peer <K1> allowed-ips 10.0.0.0/8,10.1.0.0/16");
            stage.does("set wg0 peer <K2> allowed-ips 10.0.0.0/8");
            stage.prints("show wg0 allowed-ips", "<K1>\t10.1.0.0/16", "<K2>\t10.0.0.0/8");
        });
    }

    @Test
    @Case("G26")
    void aPrefixThatIsAddedAgainGoesToTheEnd() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            stage.does("set wg0 peer <K1> allowed-ips 10.0.0.0/8,11.0.0.0/8");
            stage.does("set wg0 peer <K1> allowed-ips +10.0.0.0/8");
            stage.does("set wg0 peer <K1> allowed-ips +12.0.0.0/8");
            stage.prints("show wg0 allowed-ips", "<K1>\t11.0.0.0/8 10.0.0.0/8 12.0.0.0/8");
        });
    }

    @Test
    @Case({"G23", "G24", "G25"})
    void aSinglePrefixIsRemovedFromItsOwnerWhereTheKernelCan() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            stage.does("set wg0 peer <K1> allowed-ips 10.1.0.0/16,11.0.0.0/8 peer <K2> allowed-ips 10.0.0.0/8");
            boolean taken =
                    stage.wg("set wg0 peer <K1> allowed-ips -11.0.0.0/8").exit() == 0;
            assertThat(taken).isEqualTo(KernelVersion.isAtLeast6_16());
            if (!taken) {
                stage.fails(
                        "set wg0 peer <K1> allowed-ips -10.1.0.0/16", "Unable to modify interface: Invalid argument");
                stage.prints("show wg0 allowed-ips", "<K1>\t10.1.0.0/16 11.0.0.0/8", "<K2>\t10.0.0.0/8");
                return;
            }
            stage.prints("show wg0 allowed-ips", "<K1>\t10.1.0.0/16", "<K2>\t10.0.0.0/8");
            // Neither is the first peer's.
            stage.does("set wg0 peer <K1> allowed-ips -10.0.0.0/8");
            stage.does("set wg0 peer <K1> allowed-ips -99.0.0.0/8");
            stage.prints("show wg0 allowed-ips", "<K1>\t10.1.0.0/16", "<K2>\t10.0.0.0/8");
            stage.warns(
                    "set wg0 peer <K1> allowed-ips -10.1.7.7/16",
                    "Warning: AllowedIP has nonzero host part: 10.1.7.7/16");
            stage.prints("show wg0 allowed-ips", "<K1>\t(none)", "<K2>\t10.0.0.0/8");
        });
    }
}
