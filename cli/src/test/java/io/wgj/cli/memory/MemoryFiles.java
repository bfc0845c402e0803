// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Files;
import io.wgj.cli.host.OpenFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Files in memory: regular ones, pipes, and directories, which open but cannot be read.
public final class MemoryFiles implements Files {
    private static final int ENOENT = 2;
    private static final int EISDIR = 21;

    private final Map<String, byte[]> contents = new HashMap<>();
    private final Set<String> pipes = new HashSet<>();
    private final Set<String> directories = new HashSet<>();

    public void put(String path, String content) {
        contents.put(path, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void putPipe(String path, String content) {
        put(path, content);
        pipes.add(path);
    }

    public void putDirectory(String path) {
        put(path, "");
        directories.add(path);
    }

    @Override
    public OpenFile open(String path) throws FileException {
        byte[] content = contents.get(path);
        if (content == null) {
            throw new FileException(ENOENT);
        }
        return new MemoryFile(content, pipes.contains(path), directories.contains(path));
    }

    private static final class MemoryFile implements OpenFile {
        /// Pipes hand out less than they are asked for.
        private static final int PIPE_CHUNK = 7;

        private final byte[] content;
        private final boolean pipe;
        private final boolean directory;
        private int position;

        MemoryFile(byte[] content, boolean pipe, boolean directory) {
            this.content = content;
            this.pipe = pipe;
            this.directory = directory;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws FileException {
            if (directory) {
                throw new FileException(EISDIR);
            }
            int count = Math.min(pipe ? Math.min(length, PIPE_CHUNK) : length, content.length - position);
            System.arraycopy(content, position, into, offset, count);
            position += count;
            return count;
        }

        @Override
        public boolean atStart() {
            return !pipe && position == 0;
        }

        @Override
        public void close() {}
    }
}
