// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.key.KeyMask;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// A plan as a document: `{"schema":"wgj/1","plan":{"verb","interface","file","steps":[{"kind",…,"commands":[]}],
/// "notes":[]}}`. What stands in a step between its kind and its commands depends on the kind.
public final class PlanJson {
    /// The field that holds a peer's key, which is no secret.
    private static final String PUBLIC_KEY = "publicKey";

    private PlanJson() {}

    /// One step.
    ///
    /// @param kind what is done
    /// @param fields its contents, in their order, secrets hidden
    /// @param commands that would do the same, secrets hidden
    public record Entry(String kind, Map<String, Object> fields, List<String> commands) {
        public Entry {
            commands = List.copyOf(commands);
        }
    }

    /// The document.
    public static String of(String verb, String link, String file, List<Entry> steps, List<String> notes) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeObjectFieldStart("plan");
                    json.writeStringField("verb", verb);
                    json.writeStringField("interface", link);
                    json.writeStringField("file", JsonText.decode(KeyMask.hide(file)));
                    steps(json, steps);
                    strings(json, "notes", notes);
                    json.writeEndObject();
                    json.writeEndObject();
                },
                null);
    }

    /// The array `steps`.
    static void steps(JsonGenerator json, List<Entry> steps) throws IOException {
        json.writeArrayFieldStart("steps");
        for (Entry step : steps) {
            json.writeStartObject();
            json.writeStringField("kind", step.kind());
            fields(json, step.fields());
            strings(json, "commands", step.commands());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void fields(JsonGenerator json, Map<String, Object> fields) throws IOException {
        for (Map.Entry<String, Object> field : fields.entrySet()) {
            json.writeFieldName(field.getKey());
            boolean mayBeKey = field.getKey().equals(PUBLIC_KEY);
            value(json, mayBeKey ? field.getValue() : hidden(field.getValue()));
        }
    }

    private static Object hidden(Object value) {
        return value instanceof String text ? KeyMask.hide(text) : value;
    }

    private static void value(JsonGenerator json, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            @SuppressWarnings("unchecked")
            Map<String, Object> fields = (Map<String, Object>) map;
            fields(json, fields);
            json.writeEndObject();
        } else if (value instanceof List<?> list) {
            json.writeStartArray();
            for (Object element : list) {
                value(json, hidden(element));
            }
            json.writeEndArray();
        } else if (value instanceof String text) {
            json.writeString(JsonText.decode(text));
        } else if (value instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeNumber(((Number) value).longValue());
        }
    }

    /// A text, keys hidden.
    static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, JsonText.decode(KeyMask.hide(text)));
    }

    /// An array of texts, keys hidden.
    static void strings(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(JsonText.decode(KeyMask.hide(text)));
        }
        json.writeEndArray();
    }
}
