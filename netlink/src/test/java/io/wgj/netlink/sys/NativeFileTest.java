// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeFileTest {
    @TempDir
    Path directory;

    @Test
    void writesAndReadsAFileWhoseNameIsNoUtf8() throws SystemException {
        String path = directory + "/\u00ff\u0080 name";
        try (NativeFile file = create(path)) {
            file.write("content".getBytes(StandardCharsets.ISO_8859_1));
        }

        assertThat(NativeFile.readAll(path)).asString().isEqualTo("content");
        assertThat(NativeFile.list(directory.toString())).containsExactly("\u00ff\u0080 name");
        NativeFile.unlink(path);
        assertThat(NativeFile.list(directory.toString())).isEmpty();
    }

    @Test
    void readsFilesLargerThanItsBuffer() throws SystemException {
        byte[] content = new byte[1_000_003];
        new Random(1).nextBytes(content);
        String path = directory + "/large";
        try (NativeFile file = create(path)) {
            file.write(content);
            assertThat(file.status().size()).isEqualTo(content.length);
        }

        assertThat(Arrays.equals(NativeFile.readAll(path), content)).isTrue();
    }

    @Test
    void readsInPieces() throws SystemException {
        String path = directory + "/pieces";
        try (NativeFile file = create(path)) {
            file.write(new byte[] {1, 2, 3, 4, 5});
        }

        byte[] into = new byte[4];
        try (NativeFile file = NativeFile.open(path)) {
            assertThat(file.read(into, 1, 3)).isEqualTo(3);
            assertThat(into).containsExactly(0, 1, 2, 3);
            assertThat(file.read(into, 0, 4)).isEqualTo(2);
            assertThat(file.read(into, 0, 4)).isZero();
        }
    }

    @Test
    void readsProcFilesWhoseSizeIsZero() throws SystemException {
        assertThat(NativeFile.status("/proc/self/cmdline").size()).isZero();
        assertThat(NativeFile.readAll("/proc/self/cmdline"))
                .startsWith((int) '/')
                .contains(0);
    }

    @Test
    void listsADirectoryOfManyNames() throws Exception {
        for (int i = 0; i < 5_000; i++) {
            Files.createFile(directory.resolve("a-name-of-some-length-" + i));
        }

        assertThat(NativeFile.list(directory.toString())).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void tellsTheStatusThatTheFileSystemHas() throws Exception {
        Path file = Files.write(directory.resolve("status"), new byte[123]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-x--x"));
        Files.createSymbolicLink(directory.resolve("link"), file);

        FileStatus status = NativeFile.status(directory + "/link");

        assertThat(status.permissions()).isEqualTo(0651);
        assertThat(status.size()).isEqualTo(123);
        assertThat(status.isRegular()).isTrue();
        assertThat(status.isDirectory() || status.isSocket()).isFalse();
        assertThat(status.userId()).isEqualTo(Files.getAttribute(file, "unix:uid"));
        assertThat(status.groupId()).isEqualTo(Files.getAttribute(file, "unix:gid"));
        assertThat(status.inode()).isEqualTo(Files.getAttribute(file, "unix:ino"));
        assertThat(NativeFile.linkStatus(directory + "/link").isRegular()).isFalse();
        assertThat(NativeFile.status(directory.toString()).isDirectory()).isTrue();
    }

    @Test
    void keepsTheErrorNumber() {
        assertThatThrownBy(() -> NativeFile.open(directory + "/missing"))
                .isInstanceOf(SystemException.class)
                .hasMessage("open: No such file or directory (ENOENT)");
        assertThatThrownBy(() -> NativeFile.readAll(directory.toString()))
                .isInstanceOfSatisfying(
                        SystemException.class,
                        e -> assertThat(e.errno().is(Errno.EISDIR)).isTrue());
        assertThatThrownBy(() -> NativeFile.unlink(directory + "/missing"))
                .isInstanceOfSatisfying(
                        SystemException.class,
                        e -> assertThat(e.errno().is(Errno.ENOENT)).isTrue());
    }

    @Test
    void newFilesObeyTheMask() throws SystemException {
        int before = NativeFile.umask(077);
        try (NativeFile file = NativeFile.open(directory + "/masked", NativeFile.O_WRONLY | NativeFile.O_CREAT, 0666)) {
            assertThat(file.status().permissions()).isEqualTo(0600);
        } finally {
            assertThat(NativeFile.umask(before)).isEqualTo(077);
        }
    }

    @Test
    void aFileIsNoTerminal() throws SystemException {
        try (NativeFile file = create(directory + "/file");
                NativeFile multiplexer = NativeFile.open("/dev/ptmx", NativeFile.O_RDWR, 0)) {
            assertThat(Terminal.isTerminal(file.descriptor())).isFalse();
            assertThat(Terminal.isTerminal(multiplexer.descriptor())).isTrue();
        }
    }

    private static NativeFile create(String path) throws SystemException {
        return NativeFile.open(path, NativeFile.O_RDWR | NativeFile.O_CREAT, 0600);
    }
}
