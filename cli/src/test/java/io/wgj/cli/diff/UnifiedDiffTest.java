// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The expected texts are those of `diff -u` (GNU diffutils 3.8).
class UnifiedDiffTest {
    @Test
    void linesThatStayGiveNoDiff() {
        assertThat(diff(" a", " b")).isEmpty();
    }

    @Test
    void showsThreeLinesAround() {
        assertThat(diff(" 1", " 2", " 3", " 4", "-5", "+x", " 6", " 7", " 8", " 9"))
                .isEqualTo("--- a\n+++ b\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
    }

    @Test
    void changesWhoseContextTouchesShareAHunk() {
        String[] far = {"-1", " 2", " 3", " 4", " 5", " 6", " 7", " 8", "+9"};
        assertThat(diff(far)).contains("@@ -1,4 +1,3 @@\n").contains("@@ -6,3 +5,4 @@\n");
        String[] near = {"-1", " 2", " 3", " 4", " 5", " 6", " 7", "+9"};
        assertThat(diff(near)).contains("@@ -1,7 +1,7 @@\n").containsOnlyOnce("@@ -");
    }

    @Test
    void anEmptySideIsLineZero() {
        assertThat(diff("+1", "+2")).isEqualTo("--- a\n+++ b\n@@ -0,0 +1,2 @@\n+1\n+2\n");
        assertThat(diff("-1")).isEqualTo("--- a\n+++ b\n@@ -1 +0,0 @@\n-1\n");
    }

    @Test
    void headingsFollowTheRanges() {
        assertThat(UnifiedDiff.hunks(edits(" 1", "-2", "+x"), first -> "at " + first))
                .first()
                .isEqualTo("@@ -1,2 +1,2 @@ at 1");
        assertThat(UnifiedDiff.hunks(edits("-1"), first -> "")).first().isEqualTo("@@ -1 +0,0 @@");
    }

    private static String diff(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : UnifiedDiff.of("a", "b", edits(lines))) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    private static List<UnifiedDiff.Edit> edits(String... lines) {
        List<UnifiedDiff.Edit> edits = new ArrayList<>();
        for (String line : lines) {
            UnifiedDiff.Kind kind = switch (line.charAt(0)) {
                case '-' -> UnifiedDiff.Kind.REMOVE;
                case '+' -> UnifiedDiff.Kind.ADD;
                default -> UnifiedDiff.Kind.KEEP;
            };
            edits.add(new UnifiedDiff.Edit(kind, line.substring(1)));
        }
        return edits;
    }
}
