// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each row of `docs/differences.md` names a test class, and perhaps a method of it, that exists.
class EveryDifferenceHasATest {
    private static final Pattern NAME = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

    @Test
    void theTestsExist() throws IOException {
        Map<String, String> tests = testClasses();
        List<String> wrong = new ArrayList<>();
        int rows = 0;
        for (String line : Files.readAllLines(Product.root().resolve("docs/differences.md"))) {
            if (!line.startsWith("| ") || line.startsWith("| what |")) {
                continue;
            }
            rows++;
            Matcher name = NAME.matcher(line);
            boolean named = false;
            while (name.find()) {
                named = true;
                String source = tests.get(name.group(1));
                if (source == null || name.group(2) != null && !source.contains(" " + name.group(2) + "(")) {
                    wrong.add(name.group());
                }
            }
            if (!named) {
                wrong.add(line);
            }
        }
        assertThat(rows).isGreaterThan(50);
        assertThat(wrong).as("rows without a test, and tests that do not exist").isEmpty();
    }

    private static Map<String, String> testClasses() throws IOException {
        Map<String, String> classes = new HashMap<>();
        try (Stream<Path> modules = Files.list(Product.root())) {
            for (Path module : modules.toList()) {
                Path tests = module.resolve("src/test/java");
                if (Files.isDirectory(tests)) {
                    try (Stream<Path> files = Files.walk(tests)) {
                        for (Path file : files.filter(one -> one.toString().endsWith("Test.java"))
                                .toList()) {
                            String name = file.getFileName().toString();
                            classes.put(name.substring(0, name.length() - ".java".length()), Files.readString(file));
                        }
                    }
                }
            }
        }
        return classes;
    }
}
