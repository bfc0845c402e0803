// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import io.wgj.config.cases.CaseTable;
import io.wgj.it.Reference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs a table of cases with the original, which proves the table, and with ours, which must do as the table says
/// and as the original did.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QuickCaseSuite implements CaseTable {
    private final Map<String, Transcript> originals = new HashMap<>();

    /// The table.
    abstract List<QuickCase> rows();

    @Override
    public final List<String> caseIds() {
        return rows().stream().flatMap(row -> row.ids().stream()).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theOriginalDoesAsTheTableSays(QuickCase row) {
        Transcript transcript = original(row);

        row.checks().forEach(check -> check.accept(transcript));
        row.original().forEach(check -> check.accept(transcript));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void oursDoesTheSame(QuickCase row) {
        Transcript ours = World.run(Tool.OURS, row.script());

        row.checks().forEach(check -> check.accept(ours));
        if (Reference.isThere()) {
            row.ours().check(original(row), ours);
        }
    }

    /// Run once for both tests.
    private Transcript original(QuickCase row) {
        return originals.computeIfAbsent(row.script(), script -> World.run(Tool.ORIGINAL, script));
    }
}
