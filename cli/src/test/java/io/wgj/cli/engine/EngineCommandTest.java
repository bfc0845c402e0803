// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.CommandRun;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.config.device.DeviceState;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.EngineStat;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.SetRequest;
import io.wgj.engine.uapi.SocketFile;
import io.wgj.engine.uapi.UapiServer;
import io.wgj.engine.uapi.UapiSockets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineCommandTest {
    @TempDir
    Path folder;

    private final MemoryHost host = new MemoryHost();

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'',          INTERFACE is missing",
                "wg0 wg1,     wg1: too many words; the operands are INTERFACE",
                "-x wg0,      -x: no such option",
                "--stats,     INTERFACE is missing",
                "--jsn wg0,   --jsn: no such option; did you mean `--json'?",
                "--log loud wg0, '--log loud: takes verbose, error or silent'",
                "a/b,         a/b: no name for an interface",
                "averyveryverylongname, averyveryverylongname: no name for an interface"
            })
    void wordsThatAreWrongAreASentence(String words, String sentence) {
        assertThat(run(words)).isEqualTo(ExitCode.MISUSED);
        assertThat(host.printedErrors())
                .startsWith("wgj: engine: " + sentence)
                .endsWith("\nUsage: wgj engine [OPTION]... INTERFACE\n");
    }

    @Test
    void aBuildWithoutAnEngineSaysSo() {
        assertThat(run("wg0")).isEqualTo(ExitCode.FAILED);
        assertThat(host.printedErrors()).isEqualTo("wgj: engine: this build has none\n");
    }

    @Test
    void nobodyWhoAnswersIsNoInterface() {
        assertThat(run("--stats wg0")).isEqualTo(ExitCode.NOT_FOUND);
        assertThat(host.printedErrors()).contains("wg0: no engine answers at " + folder + "/wg0.sock");
    }

    @Test
    void setsTheLevelOfARunningEngine() throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), new InterfaceName("wg0"));
        List<String> levels = new ArrayList<>();
        ServedDevice engine = new ServedDevice() {
            @Override
            public DeviceState read() {
                throw new IllegalStateException("not asked for");
            }

            @Override
            public void apply(SetRequest request) {}

            @Override
            public List<EngineStat> stats() {
                return List.of();
            }

            @Override
            public boolean setLogLevel(String level) {
                return levels.add(level);
            }
        };
        try (UapiServer _ = UapiServer.start(file.listener(), engine, _ -> {}, _ -> {})) {
            assertThat(run("--log verbose wg0")).isEqualTo(ExitCode.DONE);
            assertThat(run("--log silent wg0")).isEqualTo(ExitCode.DONE);
        }
        assertThat(levels).containsExactly("verbose", "silent");
        assertThat(host.printedErrors()).isEmpty();
    }

    @Test
    void anEngineThatIsNotOursHasNoLevel() throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), new InterfaceName("wg0"));
        try (UapiServer _ = UapiServer.start(file.listener(), telling(List.of()), _ -> {}, _ -> {})) {
            assertThat(run("--log error wg0")).isEqualTo(ExitCode.FAILED);
        }
        assertThat(host.printedErrors()).endsWith("; only wgj's own engine answers this\n");
    }

    @Test
    void printsWhatAnEngineCounts() throws Exception {
        SocketFile file = SocketFile.bind(folder.toString(), new InterfaceName("wg0"));
        List<EngineStat> stats = List.of(
                new EngineStat("aead", "jdk"),
                new EngineStat("dropped_short", "3"),
                new EngineStat("public_key", "00".repeat(32)),
                new EngineStat("staged", "1"));
        try (UapiServer _ = UapiServer.start(file.listener(), telling(stats), _ -> {}, _ -> {})) {
            assertThat(run("--stats wg0")).isEqualTo(ExitCode.DONE);
        }

        assertThat(host.out().toString())
                .isEqualTo("aead: jdk\ndropped short: 3\npeer: " + "A".repeat(43) + "=\nstaged: 1\n");
    }

    private int run(String words) {
        List<String> all = new ArrayList<>(List.of("engine"));
        if (!words.isEmpty()) {
            all.addAll(List.of(words.split(" ", -1)));
        }
        Invocation invocation = new Invocation(InvokedAs.WGJ, "wgj", all, host);
        return CommandRun.run(new EngineCommand(Optional.empty(), new UapiSockets(folder.toString())), invocation);
    }

    private static ServedDevice telling(List<EngineStat> stats) {
        return new ServedDevice() {
            @Override
            public DeviceState read() {
                throw new IllegalStateException("not asked for");
            }

            @Override
            public void apply(SetRequest request) {}

            @Override
            public List<EngineStat> stats() {
                return stats;
            }
        };
    }
}
