// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.FakeDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.UnixStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A [FakeDevice] behind a real socket in a folder of its own.
final class FakeServedDevice implements AutoCloseable {
    static final InterfaceName NAME = new InterfaceName("wgfake0");

    final FakeDevice device = new FakeDevice(new DeviceName(NAME.text()));
    final List<String> log = Collections.synchronizedList(new ArrayList<>());
    final Path folder;
    final SocketFile file;
    final ManualClock clock = new ManualClock();
    private final UapiServer server;

    FakeServedDevice() throws Exception {
        folder = Files.createTempDirectory("wgj-uapi");
        file = SocketFile.bind(folder.toString(), NAME);
        server = UapiServer.start(file.listener(), ServedDevice.of(device), log::add, _ -> {}, clock);
    }

    UapiDevice client() {
        return new UapiDevice(new DeviceName(NAME.text()), file.path());
    }

    UnixStream connect() throws Exception {
        return UnixStream.connect(file.path());
    }

    /// What the server answers to `request` on a connection of its own, up to `replies` empty lines or its
    /// end.
    String ask(String request, int replies) throws Exception {
        try (UnixStream stream = connect()) {
            stream.write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(stream, replies);
        }
    }

    static String read(UnixStream stream, int replies) throws Exception {
        stream.limitWaiting(20);
        StringBuilder text = new StringBuilder();
        byte[] buffer = new byte[4096];
        int seen = 0;
        while (seen < replies) {
            int got = stream.read(buffer, 0, buffer.length);
            if (got == 0) {
                break;
            }
            text.append(new String(buffer, 0, got, StandardCharsets.ISO_8859_1));
            seen = text.toString().split("\n\n", -1).length - 1;
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        file.remove();
        server.close();
        try (var left = Files.list(folder)) {
            assertThat(left).as("what the server leaves behind").isEmpty();
        }
        Files.delete(folder);
    }
}
