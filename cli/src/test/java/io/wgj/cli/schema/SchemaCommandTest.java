// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.wgj.cli.generated.GeneratedRegions;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.diagnosis.doctor.Cause;
import io.wgj.diagnosis.explain.Verdict;
import io.wgj.diagnosis.routing.RouteError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// `wgj schema`, and the schemas themselves. [Ran] holds all that commands print in these tests against them.
class SchemaCommandTest {
    static final List<String> NAMES = SchemaCommand.NAMES;

    private final MemoryHost host = new MemoryHost();

    @Test
    void everyFileIsListed() throws IOException {
        try (Stream<Path> files = Files.list(GeneratedRegions.root().resolve("docs/schema"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".schema.json", "")))
                    .containsExactlyInAnyOrderElementsOf(NAMES);
        }
        assertThat(Ran.wgj(host, "schema").out().lines())
                .hasSize(NAMES.size())
                .contains("show         What wgj show --json prints");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void printsTheFile(String name) throws IOException {
        String file = Files.readString(GeneratedRegions.root().resolve("docs/schema/" + name + ".schema.json"));
        assertThat(Ran.wgj(host, "schema", name)).isEqualTo(new Ran(0, file, ""));
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void itIsASchema(String name) throws IOException {
        String file = Files.readString(GeneratedRegions.root().resolve("docs/schema/" + name + ".schema.json"));
        JsonNode schema = new ObjectMapper().readTree(file);
        assertThat(schema.get("$id").asText()).isEqualTo("urn:wgj:" + name + ":1");
        assertThat(schema.get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(file, InputFormat.JSON)
                .validate("{}", InputFormat.JSON);
    }

    @Test
    void anUnknownNameIsAMisuse() {
        Ran ran = Ran.wgj(host, "schema", "shwo");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("did you mean `show'?");
    }

    /// The lists of words are those of the program.
    @Test
    void theWordsOfVerdicts() throws IOException {
        assertThat(words("explain", "/$defs/way/properties/verdict/enum"))
                .containsExactly(Stream.of(Verdict.values()).map(Verdict::word).toArray(String[]::new));
        assertThat(words("explain", "/$defs/answer/properties/refusal/properties/error/enum"))
                .containsExactly(
                        Stream.of(RouteError.values()).map(RouteError::name).toArray(String[]::new));
        assertThat(words("doctor", "/properties/peers/items/properties/cause/enum"))
                .containsExactly(Stream.of(Cause.values()).map(Cause::word).toArray(String[]::new));
    }

    private static List<String> words(String name, String pointer) throws IOException {
        String file = Files.readString(GeneratedRegions.root().resolve("docs/schema/" + name + ".schema.json"));
        List<String> words = new ArrayList<>();
        new ObjectMapper().readTree(file).at(pointer).forEach(word -> words.add(word.asText()));
        return words;
    }

    /// Strict enough to notice a member that it does not describe.
    @Test
    void aDocumentWithAnotherMemberIsRefused() {
        host.devices.put(States.full("m0", host.now));
        String shown = Ran.wgj(host, "show", "--json").out().strip();
        assertThat(Schemas.isOf("show", shown)).isTrue();
        assertThat(Schemas.isOf("show", shown.replace("\"endpoint\"", "\"endPoint\"")))
                .isFalse();
        assertThat(Schemas.isOf("diff", shown)).isFalse();
        assertThatThrownBy(() -> Schemas.check(shown.replace("wgj/1", "wgj/2"))).isInstanceOf(AssertionError.class);
    }
}
