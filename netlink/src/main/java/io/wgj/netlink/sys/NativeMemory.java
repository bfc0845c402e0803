// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// A block of memory at a fixed address, zeroed at first; it lives until it is closed.
///
/// It uses only those methods of `MemoryIO` that go through JNI. The others call `sun.misc.Unsafe`, about
/// which the JDK prints a warning.
final class NativeMemory implements AutoCloseable {
    private static final MemoryIO MEMORY = MemoryIO.getInstance();
    private final long address;
    private final ByteBuffer bytes;
    private boolean closed;

    private NativeMemory(long address, int size) {
        this.address = address;
        this.bytes = view(address, size);
    }

    static NativeMemory allocate(int size) {
        long address = MEMORY.allocateMemory(Math.max(size, 1), true);
        if (address == 0) {
            throw new OutOfMemoryError("no " + size + " bytes of native memory");
        }
        return new NativeMemory(address, size);
    }

    /// `text`, a byte a char, and a closing NUL.
    static NativeMemory ofString(String text) {
        NativeMemory memory = allocate(text.length() + 1);
        for (int i = 0; i < text.length(); i++) {
            memory.bytes.put(i, (byte) text.charAt(i));
        }
        return memory;
    }

    static NativeMemory ofBytes(byte[] content) {
        NativeMemory memory = allocate(content.length);
        memory.bytes.put(0, content);
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
        return string(view(address, (int) Libc.STRLEN.raw(address)));
    }

    /// One char for each byte of `bytes` up to the first NUL.
    static String string(ByteBuffer bytes) {
        StringBuilder text = new StringBuilder(bytes.remaining());
        for (int i = bytes.position(); i < bytes.limit() && bytes.get(i) != 0; i++) {
            text.append((char) (bytes.get(i) & 0xff));
        }
        return text.toString();
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
