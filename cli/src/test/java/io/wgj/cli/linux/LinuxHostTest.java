// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.host.OpenFile;
import io.wgj.config.cases.Case;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxHostTest {
    @TempDir
    Path folder;

    private final LinuxHost host = new LinuxHost();

    @Test
    @Case({"E02", "E03"})
    void anEmptyFileStandsAtItsStartAndAnEmptyPipeNowhere() throws Exception {
        Path empty = Files.createFile(folder.resolve("empty"));
        assertThat(atStartAfterReading(empty.toString())).isTrue();
        assertThat(atStartAfterReading("/dev/null")).isTrue();
        assertThat(atStartAfterReading(
                        Files.writeString(folder.resolve("full"), "x").toString()))
                .isFalse();
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        // A pipe that is open already, as a shell hands it over. The named FIFO itself is not read.
        OpenFile pipe;
        try (RandomAccessFile _ = new RandomAccessFile(fifo.toFile(), "rw")) {
            pipe = host.files().open(descriptorOf(fifo));
        }
        try (pipe) {
            assertThat(pipe.read(new byte[64], 0, 64)).isZero();
            assertThat(pipe.atStart()).isFalse();
        }
    }

    /// `/proc/self/fd/N`, where this process has `file` open.
    private static String descriptorOf(Path file) throws IOException {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                try {
                    if (Files.readSymbolicLink(descriptor).equals(file)) {
                        return descriptor.toString();
                    }
                } catch (NoSuchFileException _) {
                    // The listing's own descriptor.
                }
            }
        }
        throw new IllegalStateException(file + " is not open");
    }

    @Test
    void anEmptyPipeIsWaitedFor() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        try (RandomAccessFile writer = new RandomAccessFile(fifo.toFile(), "rw");
                OpenFile pipe = host.files().open(descriptorOf(fifo))) {
            byte[] content = new byte[8];
            Thread later = Thread.ofPlatform().start(() -> {
                try {
                    Thread.sleep(100);
                    writer.write('x');
                } catch (IOException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThat(pipe.read(content, 0, 8)).isEqualTo(1);
            later.join();
        }
    }

    @Test
    void aFifoIsRefusedByItsKindWithoutWaiting() throws Exception {
        Path fifo = folder.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();
        assertRefusedAs("a FIFO", fifo.toString());
        Path link = Files.createSymbolicLink(folder.resolve("link"), fifo);
        assertRefusedAs("a FIFO", link.toString());
    }

    @Test
    void devicesAreRefusedButTheNullDeviceWhichIsEmpty() throws Exception {
        assertRefusedAs("a device", "/dev/zero");
        assertRefusedAs("a device", "/dev/ptmx");
        assertThat(atStartAfterReading("/dev/null")).isTrue();
        Path link = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));
        assertThat(atStartAfterReading(link.toString())).isTrue();
    }

    @Test
    void aSocketIsRefused() throws Exception {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("socket")));
            assertRefusedAs("a socket", folder.resolve("socket").toString());
        }
    }

    private void assertRefusedAs(String kind, String path) {
        assertThatThrownBy(() -> host.files().open(path))
                .isInstanceOfSatisfying(
                        FileException.class, e -> assertThat(e.kind()).isEqualTo(kind));
    }

    @Test
    void aNewFileHasItsOwnerAloneWhateverTheUmask() throws Exception {
        Path file = folder.resolve("key");
        host.quick().createNew(file.toString(), "secret");
        assertThat(file).hasContent("secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aNewFileReplacesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("key"), "old");
        Path dangling = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));
        for (Path taken : List.of(file, dangling)) {
            assertThatThrownBy(() -> host.quick().createNew(taken.toString(), "new"))
                    .isInstanceOfSatisfying(
                            FileException.class, e -> assertThat(e.errno()).isEqualTo(17));
        }
        assertThat(file).hasContent("old");
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @Test
    void failuresAreNumbers() throws Exception {
        assertThatThrownBy(() -> host.files().open(folder.resolve("nosuch").toString()))
                .isInstanceOfSatisfying(
                        FileException.class, e -> assertThat(e.errno()).isEqualTo(2));
        try (OpenFile directory = host.files().open(folder.toString())) {
            assertThatThrownBy(() -> directory.read(new byte[8], 0, 8))
                    .isInstanceOfSatisfying(
                            FileException.class, e -> assertThat(e.errno()).isEqualTo(21));
        }
    }

    @Test
    void pathsAreBytes() throws Exception {
        String name = folder.resolve("\u2603").toString();
        Files.writeString(Path.of(name), "snow");
        String bytes = new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        try (OpenFile file = host.files().open(bytes)) {
            byte[] content = new byte[8];
            assertThat(file.read(content, 0, 8)).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.1, 51820, 127.0.0.1:51820",
        "0x7f.1, 51820, 127.0.0.1:51820",
        "2130706433, 51820, 127.0.0.1:51820",
        "010.0.0.1, 51820, 8.0.0.1:51820",
        "1.2.3.4, 70000, 1.2.3.4:4464",
        "fe80::1%lo, 5, [fe80::1%lo]:5",
        "fe80::1%99, 5, [fe80::1%99]:5"
    })
    @Case({"F05", "F06", "F10", "F11", "F12"})
    void theSystemReadsAddressesInAllTheirForms(String name, String service, String expected) throws Exception {
        assertThat(host.names().lookup(name, service).text(host.scopes())).isEqualTo(expected);
    }

    @Test
    @Case({"F16", "F20", "C07"})
    void refusalsAreTheResolversWords() {
        assertThatThrownBy(() -> host.names().lookup("", "51820")).isInstanceOfSatisfying(LookupException.class, e -> {
            assertThat(e.sentence()).isEqualTo("Name or service not known");
            assertThat(e.permanent()).isTrue();
        });
        assertThatThrownBy(() -> host.names().lookup("1.2.3.4", "nosuch-service"))
                .isInstanceOfSatisfying(LookupException.class, e -> {
                    assertThat(e.sentence()).isEqualTo("Servname not supported for ai_socktype");
                    assertThat(e.permanent()).isFalse();
                });
        assertThatThrownBy(() -> host.names().port("-1"))
                .isInstanceOfSatisfying(
                        LookupException.class,
                        e -> assertThat(e.sentence()).isEqualTo("Servname not supported for ai_socktype"));
    }

    @Test
    void keysAreRandom() {
        assertThat(host.random(32)).hasSize(32).isNotEqualTo(host.random(32));
    }

    private boolean atStartAfterReading(String path) throws FileException {
        try (OpenFile file = host.files().open(path)) {
            int count = file.read(new byte[64], 0, 64);
            assertThat(count).isLessThan(64);
            return file.atStart();
        }
    }
}
