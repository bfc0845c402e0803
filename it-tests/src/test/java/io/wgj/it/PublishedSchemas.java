// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Holds documents that the built commands print against docs/schema.
final class PublishedSchemas {
    private static final String DOCUMENT = "{\"schema\":\"wgj/";
    private static final Map<String, Schema> ALL = new LinkedHashMap<>();

    private PublishedSchemas() {}

    /// Every line that is a document of ours has a schema, when the whole is nothing but documents: a program that
    /// was ended may leave half a line.
    ///
    /// @param printed bytes, one a char
    static void check(String printed) {
        if (!printed.startsWith(DOCUMENT) || !printed.endsWith("\n")) {
            return;
        }
        for (String line : printed.split("\n", -1)) {
            if (line.startsWith(DOCUMENT)) {
                checkDocument(new String(line.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
            }
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
        throw new AssertionError("no schema of docs/schema has the document " + document + ": " + complaints);
    }

    private static synchronized Map<String, Schema> all() {
        if (ALL.isEmpty()) {
            SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            try (Stream<Path> files = Files.list(Product.root().resolve("docs/schema"))) {
                List<Path> sorted = files.sorted().toList();
                for (Path file : sorted) {
                    ALL.put(
                            file.getFileName().toString(),
                            registry.getSchema(Files.readString(file), InputFormat.JSON));
                }
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
        return ALL;
    }
}
