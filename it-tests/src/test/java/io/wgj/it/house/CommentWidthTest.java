// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Lines of documentation are at most 115 columns wide. The formatter breaks wider ones where they stand, at times
/// into code that does not compile.
class CommentWidthTest {
    private static final int WIDEST = 115;

    @Test
    void documentationIsNarrowEnoughForTheFormatter() throws Exception {
        List<String> wide = new ArrayList<>();
        for (String module : List.of(
                "config", "netlink", "engine", "quick", "monitor", "diagnosis", "cli", "packaging", "it-tests")) {
            for (Path file : sources(Product.root().resolve(module).resolve("src"))) {
                int number = 0;
                for (String line : Files.readAllLines(file)) {
                    number++;
                    if (line.strip().startsWith("///") && line.length() > WIDEST) {
                        wide.add(Product.root().relativize(file) + ":" + number);
                    }
                }
            }
        }
        assertThat(wide).isEmpty();
    }

    private static List<Path> sources(Path folder) throws Exception {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
