// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.text.Latin1;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Recorded questions: lines of `SnapshotText` and [TunnelText], then `explain INTERFACE COMMAND` with the lines
/// of the answer behind `| `.
public final class Recording {
    /// Where they are, in the module's folder or from the root of the repository.
    public static final Path FOLDER =
            Path.of("src/test/resources/questions").toFile().isDirectory()
                    ? Path.of("src/test/resources/questions")
                    : Path.of(System.getProperty("wgj.root", "."), "diagnosis/src/test/resources/questions");

    private Recording() {}

    /// The interface and the command of each question.
    static List<String> asks(List<String> lines) {
        List<String> asks = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("explain ")) {
                asks.add(line.substring("explain ".length()));
            }
        }
        return asks;
    }

    /// The text of each answer, a byte a char.
    public static List<String> texts(List<String> lines) {
        List<String> texts = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("explain ")) {
                texts.add("");
            } else if (line.startsWith("| ")) {
                texts.add(texts.removeLast() + Latin1.ofUnicode(line.substring(2)) + "\n");
            }
        }
        return texts;
    }
}
