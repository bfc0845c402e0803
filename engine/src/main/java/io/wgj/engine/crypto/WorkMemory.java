// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import com.kenai.jffi.MemoryIO;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Native memory at a fixed address for arguments and results of [LibCrypto]. It is never freed: its owners
/// live as long as the process.
///
/// @param bytes the whole memory, in native byte order
record WorkMemory(long address, ByteBuffer bytes) {
    static WorkMemory allocate(int size) {
        MemoryIO memory = MemoryIO.getInstance();
        long address = memory.allocateMemory(size, true);
        if (address == 0) {
            throw new OutOfMemoryError("no " + size + " bytes of native memory");
        }
        return new WorkMemory(address, memory.newDirectByteBuffer(address, size).order(ByteOrder.nativeOrder()));
    }

    void wipe(int from, int length) {
        for (int i = 0; i < length; i++) {
            bytes.put(from + i, (byte) 0);
        }
    }
}
