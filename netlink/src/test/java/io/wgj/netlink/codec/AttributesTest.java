// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Tests the writer and the reader together, and the bytes between them.
class AttributesTest {
    @Test
    void writesLengthsPaddingAndTheNestedFlag() {
        AttributeWriter writer = new AttributeWriter(ByteOrder.LITTLE_ENDIAN)
                .string(2, "wg0")
                .u8(3, 0xff)
                .u16(4, 0x1234)
                .u64(5, 0x0102030405060708L)
                .nested(8, list -> list.item(entry -> entry.bytes(1, new byte[] {1, 2, 3, 4, 5})));

        assertThat(hex(writer))
                .isEqualTo("08000200" + "77673000" + "05000300" + "ff000000" + "06000400" + "34120000" + "0c000500"
                        + "0807060504030201" + "14000880" + "10000080" + "09000100" + "0102030405000000");
    }

    @Test
    void writesNumbersInTheOrderItWasGiven() {
        AttributeWriter writer = new AttributeWriter(ByteOrder.BIG_ENDIAN)
                .u32(1, 0x01020304)
                .network32(2, 0x0a000001)
                .u16(3, 0x0102);

        assertThat(hex(writer)).isEqualTo("08000100" + "01020304" + "08000200" + "0a000001" + "06000300" + "01020000");
    }

    @Test
    void takesANestBack() {
        AttributeWriter writer = AttributeWriter.inNativeOrder().u8(1, 1);
        int before = writer.size();
        int nest = writer.beginNest(2);
        writer.string(3, "gone");
        writer.cancelNest(nest);

        assertThat(writer.size()).isEqualTo(before);
    }

    @Test
    void refusesWhatALengthFieldCannotSay() {
        AttributeWriter writer = AttributeWriter.inNativeOrder();

        assertThatThrownBy(() -> writer.bytes(9, new byte[65_532])).hasMessageContaining("attribute 9 has 65536 bytes");
        assertThatThrownBy(() -> writer.nested(8, list -> {
                    for (int i = 0; i < 8_192; i++) {
                        list.u32(1, i);
                    }
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("attribute 8 holds 65540 bytes");
    }

    @Test
    void readsWhatWasWrittenInEitherOrder() throws MalformedMessageException {
        for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
            AttributeWriter writer = new AttributeWriter(order)
                    .header(new byte[4])
                    .u8(1, 200)
                    .u16(2, 60_000)
                    .u32(3, -2)
                    .u64(4, Long.MIN_VALUE)
                    .string(5, "\u00ffname")
                    .network32(6, 0x0a000001)
                    .address(7, IpAddress.ofV6(0xfd00_0000_0000_0000L, 1))
                    .nested(8, list -> list.item(entry -> entry.u8(1, 9)))
                    .u8(9, 9);
            AttributeReader reader = new AttributeReader(writer.payload(), 4, order, "test");

            assertThat(type(reader)).isEqualTo(1);
            assertThat(reader.u8()).isEqualTo(200);
            assertThat(type(reader)).isEqualTo(2);
            assertThat(reader.u16()).isEqualTo(60_000);
            assertThat(type(reader)).isEqualTo(3);
            assertThat(reader.u32()).isEqualTo(-2);
            assertThat(type(reader)).isEqualTo(4);
            assertThat(reader.u64()).isEqualTo(Long.MIN_VALUE);
            assertThat(type(reader)).isEqualTo(5);
            assertThat(reader.string()).isEqualTo("\u00ffname");
            assertThat(type(reader)).isEqualTo(6);
            assertThat(reader.network32(0)).isEqualTo(0x0a000001);
            assertThat(reader.network16(2)).isEqualTo(1);
            assertThat(type(reader)).isEqualTo(7);
            assertThat(reader.address(IpFamily.V6)).isEqualTo(IpAddress.ofV6(0xfd00_0000_0000_0000L, 1));
            assertThat(reader.address(IpFamily.V4)).isNull();
            assertThat(reader.address(IpFamily.V4, 12)).isEqualTo(IpAddress.ofV4(1));
            assertThat(type(reader)).isEqualTo(8);
            reader.enter();
            assertThat(type(reader)).isZero();
            reader.enter();
            assertThat(type(reader)).isEqualTo(1);
            assertThat(reader.u8()).isEqualTo(9);
            assertThat(reader.next()).isFalse();
            reader.leave();
            assertThat(reader.next()).isFalse();
            reader.leave();
            assertThat(type(reader)).isEqualTo(9);
            assertThat(reader.next()).isFalse();
        }
    }

    @Test
    void saysWhichAttributeOfWhichMessageIsShort() throws MalformedMessageException {
        AttributeReader tooShort = reader("06000700" + "01000000");
        tooShort.next();
        assertThatThrownBy(tooShort::u32).hasMessage("test: attribute 7: 2 bytes are too few; 4 are needed");

        AttributeReader tooLong = reader("09000700" + "01000000");
        assertThatThrownBy(tooLong::next).hasMessage("test: attribute 7: length 9 of 8 bytes");

        AttributeReader noLength = reader("03000700");
        assertThatThrownBy(noLength::next).hasMessage("test: attribute 7: length 3 of 4 bytes");

        AttributeReader rest = reader("0300");
        assertThatThrownBy(rest::next).hasMessage("test: 2 bytes at its end are too few for an attribute");
    }

    @Test
    void acceptsALastAttributeWithoutPadding() throws MalformedMessageException {
        AttributeReader reader = reader("05000700" + "2a");

        assertThat(reader.next()).isTrue();
        assertThat(reader.u8()).isEqualTo(42);
        assertThat(reader.next()).isFalse();
    }

    @Test
    void neverLeavesItsBytes() {
        Random random = new Random(1);
        int whole = 0;
        for (int round = 0; round < 50_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            for (int i = 1; i < bytes.length; i += 2) {
                // Large lengths and types would end every message at its first attribute.
                bytes[i] = (byte) (bytes[i] & (random.nextInt(8) == 0 ? -1 : 0));
                bytes[i - 1] = (byte) (bytes[i - 1] & (random.nextInt(4) == 0 ? -1 : 15));
            }
            try {
                walk(AttributeReader.inNativeOrder(ByteBuffer.wrap(bytes), random.nextInt(5), "fuzz"), 0);
                whole++;
            } catch (MalformedMessageException e) {
                assertThat(e).hasMessageStartingWith("fuzz: ");
            }
        }
        assertThat(whole).isPositive();
    }

    private static void walk(AttributeReader reader, int depth) throws MalformedMessageException {
        while (reader.next()) {
            assertThat(reader.bytes()).hasSize(reader.length());
            assertThat(reader.string().length()).isLessThanOrEqualTo(reader.length());
            switch (reader.type() % 6) {
                case 0 -> reader.u8();
                case 1 -> reader.u16();
                case 2 -> reader.u64();
                default -> {
                    if (depth < 20) {
                        reader.enter();
                        walk(reader, depth + 1);
                        reader.leave();
                    }
                }
            }
        }
    }

    private static int type(AttributeReader reader) throws MalformedMessageException {
        assertThat(reader.next()).isTrue();
        return reader.type();
    }

    private static AttributeReader reader(String hex) throws MalformedMessageException {
        return AttributeReader.inNativeOrder(ByteBuffer.wrap(HexFormat.of().parseHex(hex)), 0, "test");
    }

    private static String hex(AttributeWriter writer) {
        byte[] bytes = new byte[writer.size()];
        writer.payload().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
