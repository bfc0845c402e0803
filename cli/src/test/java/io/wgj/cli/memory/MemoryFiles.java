// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
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
    private final Map<String, FileFacts> facts = new HashMap<>();

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

    /// Says whose a file or folder is; root's with mode 0600 otherwise.
    public void own(String path, int owner, int mode) {
        own(path, owner, 0, mode);
    }

    /// The same with the group that it belongs to.
    public void own(String path, int owner, int group, int mode) {
        facts.put(path, new FileFacts(owner, group, mode));
    }

    /// Whose the file or folder is.
    public FileFacts facts(String path) throws FileException {
        if (!contents.containsKey(path) && !facts.containsKey(path)) {
            throw new FileException(ENOENT);
        }
        return facts.getOrDefault(path, new FileFacts(0, 0, 0100600));
    }

    /// What is in a file; empty for one that is not there.
    public String text(String path) {
        return new String(contents.getOrDefault(path, new byte[0]), StandardCharsets.ISO_8859_1);
    }

    /// Whether there is such a file.
    public boolean has(String path) {
        return contents.containsKey(path);
    }

    /// Removes a file.
    public void remove(String path) {
        contents.remove(path);
    }

    @Override
    public OpenFile open(String path) throws FileException {
        byte[] content = contents.get(path);
        if (content == null) {
            throw new FileException(ENOENT);
        }
        return new MemoryFile(content, facts(path), pipes.contains(path), directories.contains(path));
    }

    private static final class MemoryFile implements OpenFile {
        /// Pipes hand out less than they are asked for.
        private static final int PIPE_CHUNK = 7;

        private final byte[] content;
        private final FileFacts facts;
        private final boolean pipe;
        private final boolean directory;
        private int position;

        MemoryFile(byte[] content, FileFacts facts, boolean pipe, boolean directory) {
            this.content = content;
            this.facts = facts;
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
        public FileFacts facts() {
            return facts;
        }

        @Override
        public void close() {}
    }
}
