// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.qr;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/// Writes PNG files of two colours (RFC 2083). The runtime has no java.desktop, which could do it too.
final class PngFile {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int BITS_PER_PIXEL = 1;
    private static final int GREYSCALE = 0;

    private PngFile() {}

    /// The file's bytes.
    ///
    /// @param rows from the top, each padded to whole bytes; the first pixel is the highest bit, 1 is white
    static byte[] of(int width, int height, byte[] rows) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        try {
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream fields = new DataOutputStream(header);
            fields.writeInt(width);
            fields.writeInt(height);
            fields.writeByte(BITS_PER_PIXEL);
            fields.writeByte(GREYSCALE);
            // Deflate, adaptive filters, not interlaced: there is nothing else, or nothing better.
            fields.write(new byte[3]);
            chunk(file, "IHDR", header.toByteArray());
            chunk(file, "IDAT", deflated(height, rows));
            chunk(file, "IEND", new byte[0]);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return file.toByteArray();
    }

    private static byte[] deflated(int height, byte[] rows) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int stride = rows.length / height;
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            for (int y = 0; y < height; y++) {
                // Each row begins with its filter: none.
                deflater.write(0);
                deflater.write(rows, y * stride, stride);
            }
        }
        return out.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content);
        DataOutputStream out = new DataOutputStream(file);
        out.writeInt(content.length);
        out.write(name);
        out.write(content);
        out.writeInt((int) sum.getValue());
    }
}
