// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.netlink.sys.NativeSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemLogTest {
    private static final int SOCK_DGRAM = 2;

    @TempDir
    Path folder;

    @Test
    void writesAsSyslogDoes() throws Exception {
        Path path = folder.resolve("log");
        SystemLog log = SystemLog.open(path.toString());
        log.add(SystemLog.ERROR, "not read yet");
        try (NativeSocket reader = reader(path)) {
            log.add(SystemLog.ERROR, "(wg0) it failed");
            assertThat(received(reader))
                    .matches("<27>[A-Z][a-z]{2} [ 1-3]\\d \\d\\d:\\d\\d:\\d\\d "
                            + "wgj-engine\\[\\d+]: \\(wg0\\) it failed");
            log.add(SystemLog.DEBUG, "(wg0) fine");
            assertThat(received(reader)).startsWith("<31>").endsWith(": (wg0) fine");
        }
    }

    /// The log's daemon was started again.
    @Test
    void findsAReaderThatCameBack() throws Exception {
        Path path = folder.resolve("log");
        SystemLog log = SystemLog.open(path.toString());
        reader(path).close();
        log.add(SystemLog.ERROR, "lost");
        Files.delete(path);
        try (NativeSocket reader = reader(path)) {
            log.add(SystemLog.ERROR, "found");
            assertThat(received(reader)).endsWith("found");
        }
    }

    @Test
    void neverWaits() throws Exception {
        Path path = folder.resolve("log");
        try (NativeSocket reader = reader(path)) {
            SystemLog log = SystemLog.open(path.toString());
            for (int i = 0; i < 10_000; i++) {
                log.add(SystemLog.ERROR, "line " + i);
            }
            assertThat(received(reader)).endsWith("line 0");
        }
    }

    private static NativeSocket reader(Path path) throws Exception {
        NativeSocket socket = NativeSocket.open(NativeSocket.AF_UNIX, SOCK_DGRAM, 0);
        byte[] name = path.toString().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer address = ByteBuffer.allocate(2 + name.length + 1).order(ByteOrder.nativeOrder());
        socket.bind(address.putShort((short) NativeSocket.AF_UNIX).put(name).array());
        return socket;
    }

    private static String received(NativeSocket socket) throws Exception {
        byte[] into = new byte[1024];
        int length = socket.receive(into).length();
        return new String(into, 0, length, StandardCharsets.UTF_8);
    }
}
