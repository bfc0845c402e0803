// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.SocketFile;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineProcessTest {
    private static final InterfaceName NAME = new InterfaceName("wgt0");

    @TempDir
    Path folder;

    private final CompletableFuture<IdleEngine> started = new CompletableFuture<>();
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void servesUntilItIsEnded() throws Exception {
        EngineProcess process = process(this::idle);
        CompletableFuture<EngineEnd> run = serve(process);
        awaitSocket();

        assertThat(sockets().open(new DeviceName("wgt0")).read().peers()).isEmpty();
        process.end("A test is over");

        assertThatItEndedCleanly(run);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("UAPI listener started", "A test is over");
    }

    @Test
    void theEngineLearnsThatItsSocketAnswers() throws Exception {
        CompletableFuture<Boolean> answered = new CompletableFuture<>();
        EngineProcess process = process(config -> {
            IdleEngine engine = new IdleEngine(config);
            engine.onAnswering(() -> answered.complete(sockets().exists(new DeviceName("wgt0"))));
            started.complete(engine);
            return engine;
        });

        CompletableFuture<EngineEnd> run = serve(process);

        assertThat(answered.get()).isTrue();
        process.end("A test is over");
        assertThatItEndedCleanly(run);
    }

    @Test
    void endsWithItsSocketsFile() throws Exception {
        CompletableFuture<EngineEnd> run = serve(process(this::idle));
        awaitSocket();

        Files.delete(socket());

        assertThatItEndedCleanly(run);
    }

    @Test
    void endsWithItsInterface() throws Exception {
        CompletableFuture<EngineEnd> run = serve(process(this::idle));
        awaitSocket();

        started.get().deleteLink();

        assertThatItEndedCleanly(run);
        assertThat(run.get().failed()).isFalse();
    }

    @Test
    void aFailureOfTheEngineIsLoggedAndMarkedAsOne() throws Exception {
        CompletableFuture<EngineEnd> run = serve(process(this::idle, Map.of(), EngineLog.Level.ERROR));
        awaitSocket();

        started.get().fail();

        assertThatItEndedCleanly(run);
        assertThat(run.get().failed()).isTrue();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("The thread tx has failed: made up");
    }

    @Test
    void aSocketThatAnswersKeepsTheNameTaken() throws Exception {
        SocketFile live = SocketFile.bind(folder.toString(), NAME);

        assertThatThrownBy(() -> process(this::idle).serve())
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("wgt0: an engine of this name runs already");

        assertThat(started.get().isClosed()).isTrue();
        assertThat(socket()).exists();
        live.listener().close();
    }

    @Test
    void takesOverASocket() throws Exception {
        SocketFile bound = SocketFile.bind(folder.toString(), NAME);
        int descriptor = descriptorOf(bound);
        EngineProcess process = process(this::idle, Map.of("WG_UAPI_FD", Integer.toString(descriptor)));
        CompletableFuture<EngineEnd> run = serve(process);

        assertThat(sockets().open(new DeviceName("wgt0")).read().peers()).isEmpty();
        process.end("A test is over");

        assertThatItEndedCleanly(run);
    }

    @Test
    void anEngineThatCannotStartLeavesASentence() {
        EngineFactory without = _ -> {
            throw new SystemException("open /dev/net/tun", new Errno(Errno.ENOENT));
        };

        assertThatThrownBy(() -> process(without).serve())
                .isInstanceOf(StartFailure.class)
                .hasMessageStartingWith("wgt0: there is no /dev/net/tun")
                .hasMessageContaining("modprobe tun");
        assertThat(socket()).doesNotExist();
    }

    @Test
    void refusesADescriptorThatIsNoNumber() {
        assertThatThrownBy(() -> EngineEnvironment.of(Map.of("WG_TUN_FD", "-3")::get))
                .isInstanceOf(StartFailure.class)
                .hasMessage("WG_TUN_FD: not the number of a descriptor");
    }

    private EngineHandle idle(EngineConfig config) {
        IdleEngine engine = new IdleEngine(config);
        started.complete(engine);
        return engine;
    }

    private EngineProcess process(EngineFactory factory) throws StartFailure {
        return process(factory, Map.of());
    }

    private EngineProcess process(EngineFactory factory, Map<String, String> variables) throws StartFailure {
        return process(factory, variables, EngineLog.Level.VERBOSE);
    }

    private EngineProcess process(EngineFactory factory, Map<String, String> variables, EngineLog.Level level)
            throws StartFailure {
        EngineLog log = new EngineLog(level, "wgt0", new PrintStream(said, true, StandardCharsets.UTF_8));
        return new EngineProcess(factory, NAME, EngineEnvironment.of(variables::get), log, folder.toString());
    }

    private static CompletableFuture<EngineEnd> serve(EngineProcess process) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return process.serve();
            } catch (StartFailure e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private void assertThatItEndedCleanly(CompletableFuture<EngineEnd> run) throws Exception {
        run.get(30, TimeUnit.SECONDS);
        assertThat(started.get().isClosed()).isTrue();
        assertThat(socket()).doesNotExist();
    }

    private void awaitSocket() throws InterruptedException {
        while (!sockets().exists(new DeviceName("wgt0"))) {
            Thread.sleep(5);
        }
    }

    private UapiSockets sockets() {
        return new UapiSockets(folder.toString());
    }

    private Path socket() {
        return folder.resolve("wgt0.sock");
    }

    /// Of the one socket of this process that listens at the path, bound to the name that it had before.
    private int descriptorOf(SocketFile bound) throws Exception {
        String inode = Files.readAllLines(Path.of("/proc/net/unix")).stream()
                .filter(line -> line.contains(" " + folder + "/.wgt0.sock."))
                .map(line -> line.strip().split(" +", -1)[6])
                .findFirst()
                .orElseThrow();
        try (var descriptors = Files.list(Path.of("/proc/self/fd"))) {
            for (Path entry : descriptors.toList()) {
                if (Files.exists(entry, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                        && Files.readSymbolicLink(entry).toString().equals("socket:[" + inode + "]")) {
                    return Integer.parseInt(entry.getFileName().toString());
                }
            }
        }
        throw new AssertionError("no descriptor of " + bound.path());
    }
}
