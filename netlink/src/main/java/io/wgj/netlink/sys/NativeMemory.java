// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import com.kenai.jffi.MemoryIO;
import io.wgj.config.text.Latin1;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A block of memory at a fixed address; it lives until it is closed.
///
/// Bytes are copied as a whole, in one native call: a loop over a buffer takes an interpreted, short-lived
/// process some 300 ns a byte.
///
/// It uses only those methods of `MemoryIO` that go through JNI. The others call `sun.misc.Unsafe`, about
/// which the JDK prints a warning.
final class NativeMemory implements AutoCloseable {
    private static final MemoryIO MEMORY = MemoryIO.getInstance();
    private final long address;
    private final ByteBuffer bytes;
    private boolean closed;

    private NativeMemory(int size, boolean zeroed) {
        this.address = MEMORY.allocateMemory(Math.max(size, 1), zeroed);
        if (address == 0) {
            throw new OutOfMemoryError("no " + size + " bytes of native memory");
        }
        this.bytes = view(address, size);
    }

    /// Zeroed memory.
    static NativeMemory allocate(int size) {
        return new NativeMemory(size, true);
    }

    /// Memory for the kernel to write to, with any content at first. Pages that stay unused cost nothing.
    static NativeMemory buffer(int size) {
        return new NativeMemory(size, false);
    }

    /// `text`, a byte a char, and a closing NUL.
    static NativeMemory ofString(String text) {
        byte[] content = new byte[text.length() + 1];
        copy(text, content, 0);
        return ofBytes(content);
    }

    /// Copies `text` to `into`, a byte a char.
    @SuppressWarnings("deprecation") // The one method that takes the low byte of each char, without a charset.
    static void copy(String text, byte[] into, int offset) {
        text.getBytes(0, text.length(), into, offset);
    }

    static NativeMemory ofBytes(byte[] content) {
        NativeMemory memory = buffer(content.length);
        MEMORY.putByteArray(memory.address, content, 0, content.length);
        return memory;
    }

    /// The address of `memory`; the null pointer for null.
    static long addressOf(@Nullable NativeMemory memory) {
        return memory == null ? 0 : memory.address;
    }

    /// A view of memory that C owns, valid as long as C keeps it.
    static ByteBuffer view(long address, int size) {
        return MEMORY.newDirectByteBuffer(address, size).order(ByteOrder.nativeOrder());
    }

    /// The text up to the first NUL at `address`, in memory that C owns.
    static String stringAt(long address) {
        return Latin1.of(MEMORY.getZeroTerminatedByteArray(address));
    }

    /// One char for each byte of `bytes` up to the first NUL.
    static String string(ByteBuffer bytes) {
        byte[] content = new byte[bytes.remaining()];
        bytes.get(bytes.position(), content);
        int length = 0;
        while (length < content.length && content[length] != 0) {
            length++;
        }
        return Latin1.of(content, length);
    }

    long address() {
        return address;
    }

    /// The whole block, in native byte order. Not to be used after closing.
    ByteBuffer bytes() {
        return bytes;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            MEMORY.freeMemory(address);
        }
    }
}
