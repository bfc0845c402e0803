// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.CaseTable;
import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import io.wgj.it.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs a table of cases twice: with the original, which proves the table, and with ours, which must do as
/// the table says and as the original did. In the shell lines `wg` is the tool, `$WG` its path, and `$K1` and
/// its like are keys; names are looked up once, without retries, unless the line says otherwise.
@Tag("namespace")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WgCaseSuite implements CaseTable {
    private static final Path SOCKETS = Path.of("/run/wireguard");

    /// The table.
    abstract List<WgCase> rows();

    @Override
    public final List<String> caseIds() {
        return rows().stream().map(WgCase::id).toList();
    }

    @BeforeAll
    void refuseToTouchTheHost() throws IOException {
        assertThat(Files.readString(Path.of("/proc/self/mountinfo")))
                .as("%s must be a folder of the tests' own: run this ring with ./verify", SOCKETS)
                .contains(" " + SOCKETS + " ");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void theOriginalDoesAsTheTableSays(WgCase row) throws IOException {
        checkOutcome(row, run(row, Reference.folder()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void oursDoesTheSame(WgCase row) throws IOException {
        Outcome ours = run(row, Product.links());

        checkOutcome(row.ours().orElse(row), ours);
        if (row.ours().isEmpty() && Reference.isThere()) {
            Outcome original = run(row, Reference.folder());
            assertThat(ours.requests()).as("requests").isEqualTo(original.requests());
            if (!row.ownWords()) {
                assertThat(ours.ran()).isEqualTo(original.ran());
            }
        }
    }

    private static void checkOutcome(WgCase row, Outcome outcome) {
        row.stdout().check("stdout", outcome.ran().stdout());
        row.stderr().check("stderr", outcome.ran().stderr());
        assertThat(outcome.ran().exit()).as("exit code").isEqualTo(row.exit());
        row.sent()
                .ifPresent(sent -> assertThat(outcome.requests())
                        .as("set requests")
                        .filteredOn(request -> !request.equals("get=1"))
                        .isEqualTo(sent));
    }

    private static Outcome run(WgCase row, Path toolFolder) throws IOException {
        Path folder = Files.createTempDirectory("wgj-case");
        List<MockUapiServer> servers = new ArrayList<>();
        try {
            row.devices()
                    .forEach((name, replies) ->
                            servers.add(new MockUapiServer(SOCKETS.resolve(name + ".sock"), replies)));
            Ran ran = command(row, toolFolder).in(folder).run();
            List<String> requests = new ArrayList<>();
            servers.forEach(server -> requests.addAll(server.requests()));
            return new Outcome(ran, requests);
        } finally {
            servers.forEach(MockUapiServer::close);
            deleteTree(folder);
        }
    }

    private static Command command(WgCase row, Path toolFolder) {
        Command command = Command.of("bash", "-c", row.script())
                .env("PATH", toolFolder + ":" + System.getenv("PATH"))
                .env("WG", toolFolder.resolve("wg").toString())
                .env("WG_ENDPOINT_RESOLUTION_RETRIES", "0")
                .env("WG_COLOR_MODE", "")
                .env("WG_HIDE_KEYS", "");
        for (Map.Entry<String, String> key : Keys.byName().entrySet()) {
            command = command.env(key.getKey(), key.getValue());
        }
        return command;
    }

    private static void deleteTree(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private record Outcome(Ran ran, List<String> requests) {}
}
