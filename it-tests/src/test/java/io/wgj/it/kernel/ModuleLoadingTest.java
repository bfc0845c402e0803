// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static io.wgj.it.kernel.Stage.playTwice;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.it.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Asking for a device by its name loads the module; listing devices does not. Tests run one after another,
/// so no other test misses it meanwhile.
@Tag("kernel")
class ModuleLoadingTest {
    private static final Path LOADED = Path.of("/sys/module/wireguard");

    @AfterEach
    void loadForTheOthers() {
        Command.of("modprobe", "wireguard").run().ok();
    }

    @Test
    @Case({"V02", "V03"})
    void onlyAskingForADeviceByNameLoadsTheModule() throws Exception {
        playTwice(stage -> {
            Command.of("modprobe", "-r", "wireguard").run().ok();
            assertThat(Files.exists(LOADED)).isFalse();

            stage.does("show");
            stage.does("show interfaces");
            stage.does("show all dump");
            assertThat(Files.exists(LOADED)).isFalse();

            stage.fails("show wg0", "Unable to access interface: No such device");
            assertThat(Files.exists(LOADED)).isTrue();
        });
    }
}
