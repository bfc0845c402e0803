// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.it.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Keeps `docs/cases.md` and the tests together: each line is cited by a test, and each citation has its
/// line.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryCaseHasATest {
    private static final int EXCUSES = 15;

    private CaseRegistry registry = new CaseRegistry(Map.of());
    private Map<String, List<String>> claims = Map.of();

    @BeforeAll
    void load() throws Exception {
        registry = CaseRegistry.load();
        claims = CaseClaims.find();
    }

    @Test
    void namesEveryWantedCaseInSomeTest() {
        assertThat(registry.entries().values().stream()
                        .filter(CaseRegistry.Entry::isCase)
                        .filter(entry -> entry.excuse().isEmpty())
                        .map(CaseRegistry.Entry::id)
                        .filter(id -> !claims.containsKey(id)))
                .as("cases without a test")
                .isEmpty();
    }

    @Test
    void namesNoCaseThatIsNotListed() {
        assertThat(claims.entrySet().stream()
                        .filter(claim -> !registry.entries().containsKey(claim.getKey())))
                .as("ids without a line in docs/cases.md")
                .isEmpty();
    }

    @Test
    void excusesFewCasesAndNoneThatATestNames() {
        List<String> excused = registry.entries().values().stream()
                .filter(entry -> entry.excuse().isPresent())
                .map(CaseRegistry.Entry::id)
                .toList();

        assertThat(excused).hasSizeLessThanOrEqualTo(EXCUSES);
        assertThat(excused).noneMatch(claims::containsKey);
    }

    @Test
    void listsTheCasesOfEverySection() {
        assertThat(registry.entries()).hasSizeGreaterThan(300).containsKeys("A01", "N29", "R07", "V16");
    }

    /// Comments cite the engine's sections as "docs/cases.md" and the section.
    @Test
    void everySectionThatACommentCitesHasItsLine() throws Exception {
        Pattern citation = Pattern.compile("docs/cases\\.md ([A-Z]\\.\\d+)");
        Set<String> cited = new TreeSet<>();
        for (String module : List.of("config", "netlink", "engine", "quick", "cli", "it-tests")) {
            try (Stream<Path> files = Files.walk(Product.root().resolve(module).resolve("src"))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".java")).toList()) {
                    citation.matcher(Files.readString(file)).results().forEach(found -> cited.add(found.group(1)));
                }
            }
        }
        Set<String> sections = new TreeSet<>();
        registry.entries().forEach((id, entry) -> {
            if (!entry.isCase()) {
                sections.add(id);
            }
        });
        assertThat(cited).isEqualTo(sections);
    }

    @Test
    void refusesRowsThatAreNoEntries() {
        for (String row : List.of("| A01 |", "| A01 | |", "| a | b |", "| A01 | x |\n| A01 | y |")) {
            assertThatThrownBy(() -> CaseRegistry.parse(row)).isInstanceOf(IllegalArgumentException.class);
        }
        CaseRegistry read = CaseRegistry.parse("# x\n\n| id | behaviour |\n|---|---|\n| A01 | no test: it is so |\n");
        assertThat(read.entries()).hasSize(1);
        assertThat(Objects.requireNonNull(read.entries().get("A01")).excuse()).contains("it is so");
    }
}
