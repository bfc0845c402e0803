// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The layout of the four messages (whitepaper section 5.4.2 to 5.4.7). Integers are little endian; the type
/// is one byte and three zeros, read as one number.
///
///     initiation  type sender   ephemeral(32) static(32+16) timestamp(12+16) mac1(16) mac2(16)   148
///     response    type sender receiver  ephemeral(32) empty(16)              mac1(16) mac2(16)    92
///     cookie      type receiver nonce(24) cookie(16+16)                                           64
///     data        type receiver counter(8) packet(n+16)                                       32 + n
public final class Messages {
    public static final int INITIATION = 1;
    public static final int RESPONSE = 2;
    public static final int COOKIE_REPLY = 3;
    public static final int DATA = 4;

    public static final int INITIATION_LENGTH = 148;
    public static final int RESPONSE_LENGTH = 92;
    public static final int COOKIE_REPLY_LENGTH = 64;
    /// Bytes before the encrypted packet.
    public static final int DATA_HEADER = 16;
    /// A data message without a packet: a keepalive, and the shortest there is.
    public static final int KEEPALIVE_LENGTH = 32;

    /// Where the Noise part of an initiation begins.
    static final int INITIATION_NOISE = 8;
    /// Where the Noise part of a response begins.
    static final int RESPONSE_NOISE = 12;

    static final int KEY = 32;
    static final int TAG = 16;
    static final int MAC = 16;
    static final int COOKIE_NONCE = 8;
    static final int COOKIE = 32;
    /// mac1 and mac2 end both handshake messages.
    static final int MACS = 2 * MAC;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Messages() {}

    /// The type of the message at `offset`; 0 when it is too short to have one. A wrong reserved byte gives a
    /// number that is not a type.
    public static int type(byte[] data, int offset, int length) {
        return length < Integer.BYTES ? 0 : (int) INT.get(data, offset);
    }

    /// Whether a message of this type may have this length; data messages have only a least length.
    public static boolean hasLength(int type, int length) {
        return switch (type) {
            case INITIATION -> length == INITIATION_LENGTH;
            case RESPONSE -> length == RESPONSE_LENGTH;
            case COOKIE_REPLY -> length == COOKIE_REPLY_LENGTH;
            case DATA -> length >= KEEPALIVE_LENGTH;
            default -> false;
        };
    }

    /// The sender's own index, in an initiation or a response.
    public static int sender(byte[] message, int offset) {
        return (int) INT.get(message, offset + 4);
    }

    /// The receiver's index, in any message except an initiation.
    public static int receiver(byte[] message, int offset) {
        return (int) INT.get(message, type(message, offset, Integer.BYTES) == RESPONSE ? offset + 8 : offset + 4);
    }

    /// The receiver's index of a data message.
    public static int dataReceiver(byte[] message, int offset) {
        return (int) INT.get(message, offset + 4);
    }

    /// The counter of a data message, unsigned.
    public static long counter(byte[] message, int offset) {
        return (long) LONG.get(message, offset + 8);
    }

    /// Writes the 16 bytes before an encrypted packet.
    public static void writeDataHeader(byte[] message, int offset, int receiver, long counter) {
        INT.set(message, offset, DATA);
        INT.set(message, offset + 4, receiver);
        LONG.set(message, offset + 8, counter);
    }

    static void writeInitiationHeader(byte[] message, int sender) {
        INT.set(message, 0, INITIATION);
        INT.set(message, 4, sender);
    }

    static void writeResponseHeader(byte[] message, int sender, int receiver) {
        INT.set(message, 0, RESPONSE);
        INT.set(message, 4, sender);
        INT.set(message, 8, receiver);
    }

    static void writeCookieHeader(byte[] message, int receiver) {
        INT.set(message, 0, COOKIE_REPLY);
        INT.set(message, 4, receiver);
    }
}
