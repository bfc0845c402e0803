// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.wgj.cli.generated.GeneratedRegions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// Holds what commands print against docs/schema.
public final class Schemas {
    private static final String DOCUMENT = "{\"schema\":\"wgj/";
    private static final Map<String, Schema> ALL = new LinkedHashMap<>();

    private Schemas() {}

    /// Every line that is a document of ours has a schema.
    ///
    /// @param printed bytes, one a char
    public static void check(String printed) {
        int at = 0;
        while (at < printed.length()) {
            int end = printed.indexOf('\n', at);
            end = end < 0 ? printed.length() : end;
            if (printed.startsWith(DOCUMENT, at)) {
                checkDocument(unicode(printed.substring(at, end)));
            }
            at = end + 1;
        }
    }

    private static void checkDocument(String document) {
        Map<String, String> complaints = new LinkedHashMap<>();
        for (Map.Entry<String, Schema> schema : all().entrySet()) {
            var messages = schema.getValue().validate(document, InputFormat.JSON);
            if (messages.isEmpty()) {
                return;
            }
            complaints.put(schema.getKey(), messages.toString());
        }
        assertThat(complaints).as("no schema has the document %s", document).isEmpty();
    }

    /// Whether a document is of the schema called `name`.
    static boolean isOf(String name, String document) {
        return Objects.requireNonNull(all().get(name), name)
                .validate(unicode(document), InputFormat.JSON)
                .isEmpty();
    }

    private static String unicode(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    private static synchronized Map<String, Schema> all() {
        if (ALL.isEmpty()) {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            for (String name : SchemaCommand.NAMES) {
                try {
                    String text =
                            Files.readString(GeneratedRegions.root().resolve("docs/schema/" + name + ".schema.json"));
                    ALL.put(name, registry.getSchema(text, InputFormat.JSON));
                } catch (IOException missing) {
                    throw new UncheckedIOException(missing);
                }
            }
        }
        return ALL;
    }
}
