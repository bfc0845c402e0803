// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.batch.CommandLines.Line;
import io.wgj.config.text.Latin1;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLinesTest {
    private static List<Line> all(String text, int most) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(Latin1.bytes(text));
        CommandLines lines = new CommandLines((into, offset, length) -> in.read(into, offset, Math.min(length, most)));
        List<Line> all = new ArrayList<>();
        for (Line line = lines.next(); line != null; line = lines.next()) {
            all.add(line);
        }
        return all;
    }

    @Test
    void aLineEndsAtItsNewlineOrAtTheEnd() throws IOException {
        List<Line> wanted = List.of(new Line(1, "wg", false), new Line(2, "", false), new Line(3, "a b", false));
        assertThat(all("wg\n\na b", 1)).isEqualTo(wanted);
        assertThat(all("wg\n\na b\n", 5000)).isEqualTo(wanted);
        assertThat(all("wg\r\n\r\na b\r\n", 3)).isEqualTo(wanted);
        assertThat(all("", 1)).isEmpty();
    }

    @Test
    void aLineOfTenMegabytesCostsNoMemoryAndTheNextOneIsRead() throws IOException {
        List<Line> lines = all("x".repeat(10 << 20) + "\nwg\n", 1 << 13);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst().tooLong()).isTrue();
        assertThat(lines.getFirst().text()).hasSize(CommandLines.LONGEST);
        assertThat(lines.getLast()).isEqualTo(new Line(2, "wg", false));
    }

    @Test
    void theLongestLineIsALine() throws IOException {
        String longest = "x".repeat(CommandLines.LONGEST);
        assertThat(all(longest + "\n" + longest + "y", 1 << 13))
                .containsExactly(new Line(1, longest, false), new Line(2, longest, true));
    }
}
