// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.hooks;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.quick.model.HookPhase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Real processes.
@Timeout(30)
class ChildProcessesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private HookProcesses.End run(String command, Duration limit) {
        return new ChildProcesses(folder.toString())
                .run(HookPhase.words(command), Map.of("WGJ_EVENT", "peer-up"), limit);
    }

    @Test
    void hasVariablesAndNothingToRead() {
        HookProcesses.End end = run("echo $WGJ_EVENT $LC_ALL; cat; echo end >&2", LONG);
        assertThat(end).isEqualTo(new HookProcesses.End(0, false, "peer-up C\nend\n", false));
    }

    @Test
    void reportsExitCodes() {
        assertThat(run("exit 3", LONG).code()).isEqualTo(3);
        assertThat(run("false | true", LONG).code()).isEqualTo(1);
        assertThat(run("kill -9 $$", LONG).code()).isEqualTo(137);
        assertThat(new ChildProcesses(folder.toString()).run(List.of("no-such-program"), Map.of(), LONG))
                .isEqualTo(new HookProcesses.End(127, false, "no-such-program: command not found\n", false));
    }

    @Test
    void doesNotTellTheServiceManagerAnything() {
        // The monitor's own socket, through which a hook could pretend to be the monitor.
        assertThat(run("env", LONG).output()).doesNotContain("NOTIFY_SOCKET").doesNotContain("WATCHDOG_");
    }

    @Test
    void aHundredMegabytesOfOutputDoNoHarm() {
        long before = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        HookProcesses.End end = run("head -c 100000000 /dev/zero | tr '\\0' x", LONG);
        assertThat(end.code()).isZero();
        assertThat(end.output()).hasSize(1 << 16);
        assertThat(end.isCut()).isTrue();
        assertThat(Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory() - before)
                .isLessThan(64 << 20);
    }

    @Test
    void endsAHookThatHangsAndEverythingItStarted() throws IOException {
        Path pids = folder.resolve("pids");
        String command = "trap '' TERM; (trap '' TERM; echo $BASHPID >>" + pids + "; while :; do sleep 0.1; done) &"
                + " setsid bash -c 'echo $$ >>" + pids + "; sleep 50' & echo started; wait";
        HookProcesses.End end = run(command, Duration.ofSeconds(1));
        assertThat(end.overdue()).isTrue();
        assertThat(end.output()).isEqualTo("started\n");
        for (String pid : Files.readAllLines(pids)) {
            assertThat(ProcessHandle.of(Long.parseLong(pid)))
                    .as("process %s", pid)
                    .isEmpty();
        }
    }

    @Test
    void whatAHookLeavesBehindKeepsNoOtherWaiting() throws Exception {
        long start = System.nanoTime();
        HookProcesses.End end = run("sleep 3 & echo $!", LONG);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        // It goes on: a hook may start a service.
        ProcessHandle left =
                ProcessHandle.of(Long.parseLong(end.output().strip())).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroy();
    }

    @Test
    void whatAHookLeavesBehindPrintingForEverIsEnded() {
        HookProcesses.End end = run("yes & exit 0", Duration.ofSeconds(1));
        assertThat(end.overdue()).isTrue();
        assertThat(end.isCut()).isTrue();
    }

    @Test
    void endsRunningHooksAtTheEnd() throws Exception {
        ChildProcesses processes = new ChildProcesses(folder.toString());
        List<HookProcesses.End> ends = new ArrayList<>();
        Thread thread = Thread.ofPlatform()
                .start(() ->
                        ends.add(processes.run(HookPhase.words("touch " + folder + "/on; sleep 20"), Map.of(), LONG)));
        while (!Files.exists(folder.resolve("on"))) {
            Thread.sleep(10);
        }
        processes.end();
        thread.join();
        assertThat(ends).hasSize(1);
        assertThat(ends.getFirst().code()).isEqualTo(143);
        assertThat(processes.run(List.of("true"), Map.of(), LONG).code()).isNotZero();
    }

    private void file(String name, String permissions) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @Test
    void listsExecutablesInOrderAndRefusesThoseOfOthers() throws IOException {
        file("20-b", "rwxr-xr-x");
        file("10-a.sh", "rwx------");
        file("30-open", "rwxrwxrwx");
        file("40-plain", "rw-r--r--");
        file("50.bak", "rwxr-xr-x");
        file(".hidden", "rwxr-xr-x");
        file("60~", "rwxr-xr-x");
        Files.createDirectory(folder.resolve("70-folder"));
        List<String> problems = new ArrayList<>();
        assertThat(new ChildProcesses(folder.toString()).common(problems))
                .containsExactly(folder + "/10-a.sh", folder + "/20-b");
        assertThat(problems).singleElement().asString().startsWith(folder + "/30-open is not run: others may write it");
    }

    @Test
    void aMissingFolderHasNoHooks() {
        List<String> problems = new ArrayList<>();
        assertThat(new ChildProcesses(folder + "/none").common(problems)).isEmpty();
        assertThat(problems).isEmpty();
    }
}
