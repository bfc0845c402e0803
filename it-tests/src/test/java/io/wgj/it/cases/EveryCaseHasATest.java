// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Keeps `cases.txt` and the tests together: nothing listed without a test, nothing tested that is not listed.
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
                        .filter(CaseRegistry.Entry::isWanted)
                        .map(CaseRegistry.Entry::id)
                        .filter(id -> !claims.containsKey(id)))
                .as("cases without a test")
                .isEmpty();
    }

    @Test
    void namesNoCaseThatIsNotListed() {
        assertThat(claims.entrySet().stream()
                        .filter(claim -> !registry.entries().containsKey(claim.getKey())))
                .as("ids that cases.txt does not have")
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

    @Test
    void refusesLinesThatAreNoEntries() {
        for (String line : List.of("A01", "A01 other", "A01 wg because", "A01 wg unless:", "A01 wg\nA01 wg")) {
            assertThatThrownBy(() -> CaseRegistry.parse(line)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(CaseRegistry.parse("# x\nA01 wg unless: it is so\n")
                        .entries()
                        .get("A01"))
                .isEqualTo(new CaseRegistry.Entry("A01", "wg", Optional.of("it is so")));
    }
}
