// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.key.KeyMask;
import java.io.IOException;
import java.util.List;

/// What a command did, as a document:
/// `{"schema":"wgj/1","result":{"verb":"up","interface":"wg0","file":"…","changed":true,"notes":[]}}`.
public final class ResultJson {
    private ResultJson() {}

    /// @param file empty when there is none
    /// @param changed whether anything was done
    /// @param notes warnings and advice
    public static String of(String verb, String link, String file, boolean changed, List<String> notes) {
        return JsonText.of(
                json -> {
                    start(json, verb, link, file);
                    json.writeBooleanField("changed", changed);
                    PlanJson.strings(json, "notes", notes);
                    json.writeEndObject();
                    json.writeEndObject();
                },
                null);
    }

    /// The same of a command that did the steps of a plan.
    public static String of(String verb, String link, String file, List<PlanJson.Entry> steps, List<String> notes) {
        return JsonText.of(
                json -> {
                    start(json, verb, link, file);
                    json.writeBooleanField("changed", !steps.isEmpty());
                    PlanJson.steps(json, steps);
                    PlanJson.strings(json, "notes", notes);
                    json.writeEndObject();
                    json.writeEndObject();
                },
                null);
    }

    private static void start(JsonGenerator json, String verb, String link, String file) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", JsonText.SCHEMA);
        json.writeObjectFieldStart("result");
        json.writeStringField("verb", verb);
        json.writeStringField("interface", link);
        if (!file.isEmpty()) {
            json.writeStringField("file", JsonText.decode(KeyMask.hide(file)));
        }
    }
}
