// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixStreamTest {
    @TempDir
    Path directory;

    @Test
    void carriesBytesBothWays() throws Exception {
        byte[] sent = new byte[300_000];
        new Random(1).nextBytes(sent);
        try (ServerSocketChannel server = listen("echo")) {
            Thread echo = Thread.ofPlatform().start(() -> echo(server, sent.length));
            byte[] received = new byte[sent.length];
            try (UnixStream stream = UnixStream.connect(directory + "/echo")) {
                stream.write(sent);
                int length = 0;
                while (length < received.length) {
                    int got = stream.read(received, length, received.length - length);
                    assertThat(got).isPositive();
                    length += got;
                }
                assertThat(stream.read(new byte[1], 0, 1)).as("end of stream").isZero();
            }
            echo.join();
            assertThat(received).isEqualTo(sent);
        }
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        listen("abandoned").close();
        assertThat(directory.resolve("abandoned")).exists();

        assertErrno(Errno.ECONNREFUSED, () -> UnixStream.connect(directory + "/abandoned"));
    }

    @Test
    void saysThatThereIsNoSocket() {
        assertErrno(Errno.ENOENT, () -> UnixStream.connect(directory + "/missing"));
    }

    @Test
    void refusesAPathThatDoesNotFit() {
        assertErrno(Errno.ENAMETOOLONG, () -> UnixStream.connect("/" + "x".repeat(107)));
        assertErrno(Errno.ENOENT, () -> UnixStream.connect("/" + "x".repeat(106)));
    }

    @Test
    void writingToAClosedEndIsAnErrorAndNoSignal() throws Exception {
        try (ServerSocketChannel server = listen("closing");
                UnixStream stream = UnixStream.connect(directory + "/closing")) {
            server.accept().close();
            assertErrno(Errno.EPIPE, () -> stream.write(new byte[] {1}));
        }
    }

    private ServerSocketChannel listen(String name) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(directory.resolve(name)));
        return server;
    }

    private static void echo(ServerSocketChannel server, int length) {
        try (SocketChannel channel = server.accept()) {
            ByteBuffer all = ByteBuffer.allocate(length);
            while (all.hasRemaining() && channel.read(all) >= 0) {
                // Reads everything first: the client writes all of it before it reads.
            }
            all.flip();
            while (all.hasRemaining()) {
                channel.write(all);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assertErrno(int number, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        SystemException.class, e -> assertThat(e.errno()).isEqualTo(new Errno(number)));
    }
}
