// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.io.IOException;
import java.io.InputStream;

/// An open file of this process as a stream.
final class DescriptorInput extends InputStream {
    private final NativeFile file;

    /// @param file which closing the stream closes
    DescriptorInput(NativeFile file) {
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        try {
            int count = length == 0 ? 0 : file.read(into, offset, length);
            return count == 0 && length > 0 ? -1 : count;
        } catch (SystemException failure) {
            throw new IOException(failure.errno().sentence(), failure);
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
