// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.device.FakeDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.UapiSockets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// An engine without an interface and without packets, and the program that runs it: what a test of the
/// process needs.
public final class IdleEngine implements EngineHandle {
    private final InterfaceName name;
    private final FakeDevice device;
    private final CompletableFuture<EngineEnd> end = new CompletableFuture<>();
    private Runnable onAnswering = () -> {};

    public IdleEngine(EngineConfig config) {
        name = config.name();
        device = new FakeDevice(new DeviceName(name.text()));
    }

    /// `IdleEngine [FOLDER-OF-SOCKETS] NAME`
    public static void main(String[] words) {
        Optional<InterfaceName> name = InterfaceName.parse(words[words.length - 1]);
        String folder = words.length > 1 ? words[0] : UapiSockets.DEFAULT_FOLDER;
        int code = 1;
        try {
            EngineEnvironment environment = EngineEnvironment.of(System::getenv);
            EngineLog log = new EngineLog(environment.level(), words[words.length - 1], System.err);
            EngineEnd end = new EngineProcess(IdleEngine::new, name.orElseThrow(), environment, log, folder).run();
            code = end.failed() ? 1 : 0;
        } catch (StartFailure e) {
            System.err.println("wgj: engine: " + e.sentence());
        }
        Runtime.getRuntime().halt(code);
    }

    /// As if the interface had been deleted.
    void deleteLink() {
        end.complete(EngineEnd.wanted("The interface is gone"));
    }

    /// As if a thread of it had failed.
    void fail() {
        end.complete(EngineEnd.failure("The thread tx has failed: made up"));
    }

    /// Sets what runs when the socket answers.
    void onAnswering(Runnable action) {
        onAnswering = action;
    }

    @Override
    public void socketAnswers() {
        onAnswering.run();
    }

    boolean isClosed() {
        return device.isClosed();
    }

    @Override
    public InterfaceName name() {
        return name;
    }

    @Override
    public ServedDevice device() {
        return ServedDevice.of(device);
    }

    @Override
    public EngineEnd awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        end.complete(EngineEnd.wanted("closed"));
        device.close();
    }
}
