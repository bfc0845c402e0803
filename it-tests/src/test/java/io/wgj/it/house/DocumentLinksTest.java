// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.engine.io.EngineFeature;
import io.wgj.it.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What documents refer to exists: files, headings, environment variables.
class DocumentLinksTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\"((?:WGJ?_|LOG_LEVEL|NO_COLOR)[A-Z_]*)\"");

    /// Variables that our processes hand to each other.
    private static final Set<String> INTERNAL = Set.of("WGJ_READY_FD", "WGJ_DROPPED", "WGJ_START");

    @Test
    void relativeLinksLeadToFilesAndHeadings() throws IOException {
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path document : documents()) {
            Matcher link = LINK.matcher(Files.readString(document));
            while (link.find()) {
                String target = link.group(1);
                if (!target.contains("://")) {
                    links++;
                    if (!exists(document, target)) {
                        broken.add(Product.root().relativize(document) + ": " + target);
                    }
                }
            }
        }
        assertThat(broken).isEmpty();
        assertThat(links).isGreaterThan(40);
    }

    @Test
    void everyEnvironmentVariableIsDocumented() throws IOException {
        String documents = Files.readString(Product.root().resolve("docs/commands.md"))
                + Files.readString(Product.root().resolve("docs/engine.md"))
                + Files.readString(Product.root().resolve("docs/liveness.md"));
        Set<String> missing = new TreeSet<>();
        Set<String> found = new TreeSet<>();
        for (String module : List.of("quick", "monitor", "diagnosis", "cli", "engine")) {
            for (Path source : files(Product.root().resolve(module).resolve("src/main/java"), ".java")) {
                Matcher variable = VARIABLE.matcher(Files.readString(source));
                while (variable.find()) {
                    found.add(variable.group(1));
                }
            }
        }
        for (EngineFeature feature : EngineFeature.values()) {
            found.add(feature.variable());
        }
        for (String variable : found) {
            boolean whole = !variable.endsWith("_") && !INTERNAL.contains(variable);
            if (whole && !documents.contains("`" + variable)) {
                missing.add(variable);
            }
        }
        assertThat(missing)
                .as("docs/commands.md, docs/engine.md and docs/liveness.md")
                .isEmpty();
        assertThat(found).contains("WG_HIDE_KEYS", "WGJ_ENGINE_CRYPTO");
    }

    private static boolean exists(Path document, String target) throws IOException {
        int hash = target.indexOf('#');
        String name = hash < 0 ? target : target.substring(0, hash);
        Path file = name.isEmpty() ? document : document.resolveSibling(name);
        if (!Files.exists(file)) {
            return false;
        }
        return hash < 0 || anchors(Files.readString(file)).contains(target.substring(hash + 1));
    }

    /// The anchors of a document's headings, as GitHub makes them.
    private static Set<String> anchors(String text) {
        Set<String> anchors = new TreeSet<>();
        for (String line : text.lines().filter(one -> one.startsWith("#")).toList()) {
            String heading = line.substring(line.indexOf(' ') + 1).toLowerCase(Locale.ROOT);
            anchors.add(heading.replaceAll("[^a-z0-9 _-]", "").replace(' ', '-'));
        }
        return anchors;
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        try (Stream<Path> top = Files.list(Product.root())) {
            top.filter(file -> file.toString().endsWith(".md")).forEach(documents::add);
        }
        documents.addAll(files(Product.root().resolve("docs"), ".md"));
        documents.addAll(files(Product.root().resolve("examples"), ".md"));
        return documents;
    }

    private static List<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }
}
