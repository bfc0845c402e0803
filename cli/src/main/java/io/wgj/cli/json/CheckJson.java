// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.key.KeyMask;
import io.wgj.diagnosis.check.CheckCode;
import io.wgj.diagnosis.check.Finding;
import java.io.IOException;
import java.util.List;

/// What `check` found as a document: `{"schema":"wgj/1","check":{"files":[],"errors":0,"warnings":1,"findings":[
/// {"code":"W012","severity":"warning","file":…,"line":…,"column":…,"message":…,"remedy":…,"lines":[]}]}}`.
public final class CheckJson {
    private CheckJson() {}

    /// The document.
    public static String of(List<String> files, long errors, long warnings, List<Finding> findings) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeObjectFieldStart("check");
                    PlanJson.strings(json, "files", files);
                    json.writeNumberField("errors", errors);
                    json.writeNumberField("warnings", warnings);
                    json.writeArrayFieldStart("findings");
                    for (Finding finding : findings) {
                        finding(json, finding);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                    json.writeEndObject();
                },
                null);
    }

    /// The codes as a document: `{"schema":"wgj/1","codes":[{"code","severity","title","explanation","remedy"}]}`.
    public static String ofCodes(List<CheckCode> codes) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeArrayFieldStart("codes");
                    for (CheckCode code : codes) {
                        json.writeStartObject();
                        code(json, code);
                        json.writeStringField("title", code.title());
                        json.writeStringField("explanation", code.explanation());
                        json.writeStringField("remedy", code.remedy());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                },
                null);
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        code(json, finding.code());
        text(json, "file", finding.place().file());
        json.writeNumberField("line", finding.place().line());
        json.writeNumberField("column", finding.place().column());
        text(json, "message", finding.message());
        if (!finding.remedy().isEmpty()) {
            text(json, "remedy", finding.remedy());
        }
        if (!finding.lines().isEmpty()) {
            PlanJson.strings(json, "lines", finding.lines());
        }
        json.writeEndObject();
    }

    private static void code(JsonGenerator json, CheckCode code) throws IOException {
        json.writeStringField("code", code.text());
        json.writeStringField("severity", code.severity());
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        json.writeStringField(name, JsonText.decode(KeyMask.hide(text)));
    }
}
