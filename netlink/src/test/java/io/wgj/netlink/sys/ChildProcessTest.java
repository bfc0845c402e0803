// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Starts and ends real programs.
class ChildProcessTest {
    private static final int MOST = 1 << 16;

    private static ProgramStart bash(String script, String... variables) {
        List<String> environment = new ArrayList<>(List.of(variables));
        environment.add("PATH=/usr/sbin:/usr/bin:/sbin:/bin");
        return new ProgramStart("/bin/bash", List.of("bash", "-c", script), environment).input("/dev/null");
    }

    private static String output(ChildProcess child) {
        return new String(child.output(MOST, 10_000), StandardCharsets.ISO_8859_1);
    }

    private static void awaitEnd(long pid) throws Exception {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().get(60, TimeUnit.SECONDS);
        }
    }

    @ParameterizedTest
    @CsvSource({"exit 0, 0", "exit 7, 7", "exit 255, 255", "kill -TERM $$, 143", "kill -KILL $$, 137"})
    void itsEndIsToldAsAShellTellsIt(String script, int code) throws Exception {
        assertThat(bash(script).start().await()).isEqualTo(code);
    }

    @Test
    void wordsAndVariablesArriveByteForByte() throws Exception {
        List<String> words = List.of("bash", "-c", "printf '%s|' \"$@\" \"$X\"; env", "a", "\u00e9\u0001 ", "");
        List<String> environment =
                List.of("X=\u00ff'\"", "no.identifier=1", "BASH_FUNC_f%%=() {  echo f\n}", "PATH=/usr/bin:/bin");
        ChildProcess child = new ProgramStart("/bin/bash", words, environment)
                .capturedOutput()
                .start();
        assertThat(output(child))
                .startsWith("\u00e9\u0001 ||\u00ff'\"|")
                .contains("no.identifier=1\n", "BASH_FUNC_f%%=() {  echo f\n}\n", "X=\u00ff'\"\n");
        assertThat(child.await()).isZero();
    }

    @Test
    void itReadsWhatItIsFed() throws Exception {
        ChildProcess child =
                bash("cat; echo over").pipedInput().capturedOutput().start();
        child.feed("\u00fffood".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(output(child)).isEqualTo("\u00fffoodover\n");
        assertThat(child.await()).isZero();
    }

    @Test
    void whatDoesNotReadIsFedAllTheSame() throws Exception {
        ChildProcess child = bash("exec <&-; exit 3").pipedInput().start();
        child.feed(new byte[1 << 20]);
        assertThat(child.await()).isEqualTo(3);
    }

    @Test
    void onlyTheFirstBytesOfMuchOutputAreKept() throws Exception {
        ChildProcess child = bash("head -c 3000000 /dev/zero | tr '\\0' a; exit 4")
                .capturedOutput()
                .start();
        assertThat(child.output(10_000, 10_000)).hasSize(10_000);
        assertThat(child.await()).isEqualTo(4);
    }

    @Test
    void whatCannotBeExecutedIsNamed() {
        assertThatThrownBy(() -> new ProgramStart("/nowhere/x", List.of("x"), List.of()).start())
                .isInstanceOfSatisfying(
                        SystemException.class,
                        e -> assertThat(e.errno().number()).isEqualTo(Errno.ENOENT));
        assertThatThrownBy(() -> new ProgramStart("/etc/passwd", List.of("x"), List.of()).start())
                .isInstanceOfSatisfying(
                        SystemException.class,
                        e -> assertThat(e.errno().number()).isEqualTo(Errno.EACCES));
    }

    @Test
    void noSignalIsBlocked() throws Exception {
        ChildProcess child =
                bash("grep SigBlk /proc/$$/status").capturedOutput().start();
        assertThat(output(child)).isEqualTo("SigBlk:\t0000000000000000\n");
        child.await();
    }

    @Test
    void descriptorsOfThisProcessStayWithIt() throws Exception {
        try (NativeFile _ = NativeFile.open("/dev/null")) {
            ChildProcess child = bash("ls /proc/$$/fd; true")
                    .withStandardStreamsOnly()
                    .capturedOutput()
                    .start();
            assertThat(output(child)).isEqualTo("0\n1\n2\n");
            child.await();
        }
    }

    /// Processes that bash leaves behind end with it, even one that ignores SIGTERM and has another parent.
    @Test
    void theWholeGroupEndsWhenTheTimeIsOver() throws Exception {
        ChildProcess child = bash("trap '' TERM; (sleep 1000 & echo $!); sleep 1000 & echo $!; echo $$; wait")
                .inGroupOfItsOwn()
                .capturedOutput()
                .start();
        child.endAfter(Duration.ofMillis(1_500));
        String[] pids = output(child).strip().split("\n", -1);
        assertThat(child.await()).isEqualTo(137);
        assertThat(child.isOverdue()).isTrue();
        assertThat(pids).hasSize(3);
        for (String pid : pids) {
            awaitEnd(Long.parseLong(pid));
        }
    }

    /// In this process's group only descendants of bash can be found, wherever they have moved.
    @Test
    void itsChildrenEndWithItWhereverTheyHaveGone() throws Exception {
        ChildProcess child =
                bash("trap '' TERM; echo $$; setsid bash -c \"trap '' TERM; echo \\$\\$; sleep 1000; true\"")
                        .capturedOutput()
                        .start();
        child.endAfter(Duration.ofMillis(1_500));
        String[] pids = output(child).strip().split("\n", -1);
        assertThat(child.await()).isEqualTo(137);
        assertThat(pids).hasSize(2);
        for (String pid : pids) {
            awaitEnd(Long.parseLong(pid));
        }
    }

    @Test
    void whatIsStoppedEndsToo() throws Exception {
        ChildProcess child = bash("kill -STOP $$").start();
        child.endAfter(Duration.ofMillis(500));
        assertThat(child.await()).isEqualTo(143);
    }

    /// A program may succeed and leave a background process that keeps its output open.
    @Test
    void whatASuccessfulProgramLeavesBehindIsLeftAlone() throws Exception {
        ChildProcess child =
                bash("sleep 1000 & echo $!").inGroupOfItsOwn().capturedOutput().start();
        child.endAfter(Duration.ofSeconds(60));
        long pid = Long.parseLong(new String(child.output(MOST, 100), StandardCharsets.US_ASCII).strip());
        assertThat(child.await()).isZero();
        assertThat(child.isOverdue()).isFalse();
        ProcessHandle left = ProcessHandle.of(pid).orElseThrow();
        assertThat(left.isAlive()).isTrue();
        left.destroyForcibly();
    }
}
