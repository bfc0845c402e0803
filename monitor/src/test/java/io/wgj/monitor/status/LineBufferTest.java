// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineBufferTest {
    private final LineBuffer lines = new LineBuffer(10);

    private void add(String text) {
        lines.add(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String next() {
        byte[] line = lines.next();
        return line == null ? "none" : new String(line, StandardCharsets.UTF_8);
    }

    @Test
    void linesEndWithOneOrTwoCharacters() {
        add("ab\ncd\r\n\ne");
        assertThat(List.of(next(), next(), next(), next())).containsExactly("ab", "cd", "", "none");
        add("f\n");
        assertThat(next()).isEqualTo("ef");
    }

    @Test
    void aLineOfTheLongestLengthIsTaken() {
        add("0123456789");
        assertThat(lines.isTooLong()).isFalse();
        assertThat(lines.room()).isEqualTo(1);
        add("\n");
        assertThat(next()).isEqualTo("0123456789");
    }

    @Test
    void aLongerLineIsNoticedAndNoMoreIsTaken() {
        add("0123456789a");
        assertThat(next()).isEqualTo("none");
        assertThat(lines.isTooLong()).isTrue();
        assertThat(lines.room()).isZero();
    }

    @Test
    void anyPartsMakeTheSameLines() {
        Random random = new Random(14);
        StringBuilder all = new StringBuilder();
        List<String> wanted = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            String line = "x".repeat(random.nextInt(10));
            wanted.add(line);
            all.append(line).append('\n');
        }
        List<String> found = new ArrayList<>();
        int at = 0;
        while (at < all.length()) {
            int part = Math.min(Math.min(1 + random.nextInt(11), lines.room()), all.length() - at);
            add(all.substring(at, at + part));
            at += part;
            for (String line = next(); !line.equals("none"); line = next()) {
                found.add(line);
            }
        }
        assertThat(found).isEqualTo(wanted);
    }
}
