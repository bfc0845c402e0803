// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.file.Problem;
import io.wgj.config.key.KeyMask;
import io.wgj.config.net.DeviceName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Failures as documents: `{"schema":"wgj/1","error":{"code":5,"message":"…",…}}`. `code` is the exit code that
/// the failure alone gives. A failure of a device has `interface`, `errno` and `errnoText`; one of a configuration
/// file has `problems`, each with `file`, `line`, `column`, `section`, `key`, `message` and `hint`, the last three
/// and the section only where there is something to say.
public final class ErrorJson {
    private ErrorJson() {}

    /// A failure of a command.
    ///
    /// @param problems those of a configuration file; empty for any other failure
    public static String of(int code, String message, List<Problem> problems) {
        return JsonText.of(
                json -> {
                    start(json, code, message);
                    if (!problems.isEmpty()) {
                        json.writeArrayFieldStart("problems");
                        for (Problem problem : problems) {
                            problem(json, problem);
                        }
                        json.writeEndArray();
                    }
                    end(json);
                },
                null);
    }

    /// A device that could not be read, or the list of them (`name` is null).
    public static String of(int code, String message, @Nullable DeviceName name, int errno, String errnoText) {
        return JsonText.of(
                json -> {
                    start(json, code, message);
                    if (name != null) {
                        json.writeStringField("interface", JsonText.decode(KeyMask.hide(name.text())));
                    }
                    json.writeNumberField("errno", errno);
                    json.writeStringField("errnoText", errnoText);
                    end(json);
                },
                null);
    }

    private static void problem(JsonGenerator json, Problem problem) throws IOException {
        json.writeStartObject();
        text(json, "file", problem.place().file());
        json.writeNumberField("line", problem.place().line());
        json.writeNumberField("column", problem.place().column());
        text(json, "section", problem.section());
        text(json, "key", problem.key());
        text(json, "message", problem.reason());
        text(json, "hint", problem.hint());
        json.writeEndObject();
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, JsonText.decode(KeyMask.hide(text)));
        }
    }

    private static void start(JsonGenerator json, int code, String message) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", JsonText.SCHEMA);
        json.writeObjectFieldStart("error");
        json.writeNumberField("code", code);
        json.writeStringField("message", JsonText.decode(KeyMask.hide(message)));
    }

    private static void end(JsonGenerator json) throws IOException {
        json.writeEndObject();
        json.writeEndObject();
    }
}
