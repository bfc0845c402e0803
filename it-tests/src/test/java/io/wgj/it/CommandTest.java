// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CommandTest {
    @Test
    void tellsExitCodeAndBothOutputsApart() {
        Ran ran = Command.of("sh", "-c", "echo out; echo err >&2; exit 3").run();

        assertThat(ran).isEqualTo(new Ran(3, "out\n", "err\n"));
    }

    @Test
    void handsOverEveryByteOfWordsAndInput() {
        StringBuilder bytes = new StringBuilder();
        for (char c = 1; c < 256; c++) {
            bytes.append(c);
        }

        assertThat(Command.of("printf", "%s", bytes.toString()).run().stdout()).isEqualTo(bytes.toString());
        assertThat(Command.of("cat").stdin("\0" + bytes).run().stdout()).isEqualTo("\0" + bytes);
    }

    @Test
    void setsAndUnsetsVariablesAndFolder() {
        Ran ran = Command.of("sh", "-c", "echo $ONE-${HOME-unset}; pwd")
                .env("ONE", "1")
                .env("HOME", "")
                .in(Path.of("/"))
                .run();

        assertThat(ran.stdout()).isEqualTo("1-unset\n/\n");
    }

    @Test
    void endsWhatIsNotDoneInTime() {
        Command slow = Command.of("sh", "-c", "echo started; sleep 60").timeout(Duration.ofMillis(300));

        assertThatThrownBy(slow::run).isInstanceOf(AssertionError.class).hasMessageContaining("started");
    }
}
