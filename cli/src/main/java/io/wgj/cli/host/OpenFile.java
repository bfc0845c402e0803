// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

/// A file being read from its start to its end.
public interface OpenFile extends AutoCloseable {
    /// Reads up to `length` bytes; 0 at the end of the file.
    int read(byte[] into, int offset, int length) throws FileException;

    /// Whether the file can be sought in and stands at its first byte. False for pipes and terminals, which have
    /// no position: the difference between an empty file and an empty pipe.
    boolean atStart();

    /// The file's owner and permissions.
    FileFacts facts() throws FileException;

    @Override
    void close();
}
