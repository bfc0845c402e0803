// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.key.KeyMask;
import java.io.IOException;
import java.util.List;

/// A plan as a document: `{"schema":"wgj/1","plan":{"verb","interface","file","steps":[{"kind","commands":[]}],
/// "notes":[]}}`. Knows no plans but their words.
public final class PlanJson {
    private PlanJson() {}

    /// One step.
    ///
    /// @param kind what is done
    /// @param commands that would do the same, secrets hidden
    public record Entry(String kind, List<String> commands) {
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
            strings(json, "commands", step.commands());
            json.writeEndObject();
        }
        json.writeEndArray();
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
