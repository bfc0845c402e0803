// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.QuickHost.Captured;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.quick.model.HookPhase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// `PrivateKeyCommand` as a real process.
class KeyCommandGroupTest {
    private static Captured run(String command, int seconds) throws Exception {
        return new LinuxHost().quick().capture(HookPhase.words(command), List.of("X=y"), true, seconds);
    }

    @Test
    void itsOutputAndItsCodeComeThrough() throws Exception {
        assertThat(run("echo $X; false | true; echo no", 30)).isEqualTo(new Captured(1, "y\n"));
        assertThat(run("read line || echo end; exit 7", 30)).isEqualTo(new Captured(7, "end\n"));
    }

    /// Neither its words nor its surroundings nor what it prints pass through a character set.
    @Test
    void bytesThatAreNoUtf8AreKept() throws Exception {
        Captured ran = new LinuxHost()
                .quick()
                .capture(HookPhase.words("printf %s '\u00e9\u00ff'$X | od -An -tx1"), List.of("X=\u0080"), true, 30);
        assertThat(ran).isEqualTo(new Captured(0, " e9 ff 80\n"));
        assertThat(run("printf '\\351'", 30).out()).isEqualTo("\u00e9");
    }

    @Test
    void itHasAProcessGroupOfItsOwn() throws Exception {
        String[] groups = run("ps -o pgid= -p $$ -p $PPID", 30).out().strip().split("\\s+", -1);
        assertThat(groups).hasSize(2).doesNotHaveDuplicates();
    }

    /// Also processes that it has put into the background and disowned.
    @Test
    void itEndsAsAWholeWhenItsTimeIsOver() throws Exception {
        Captured ran = run("(sleep 1000 & echo $!); sleep 1000", 1);
        assertThat(ran.overdue()).isTrue();
        Optional<ProcessHandle> orphan =
                ProcessHandle.of(Long.parseLong(ran.out().strip()));
        if (orphan.isPresent()) {
            orphan.get().onExit().get(Duration.ofSeconds(10).toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
