// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.device.DeviceException;
import io.wgj.config.file.Problem;
import io.wgj.config.key.KeyMask;
import io.wgj.config.net.DeviceName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Failures as documents: `{"schema":"wgj/1","error":{"code":5,"message":"…",…}}`. `code` is the exit code that
/// the failure alone gives. A failure of a device has `interface`, `errno` and `errnoText`; one of a configuration
/// file has `problems`, each with `file`, `line`, `column`, `section`, `key`, `message` and `hint`, the last three
/// and the section only where there is something to say.
public final class ErrorJson {
    private ErrorJson() {}

    /// Words that were not understood.
    public static String misuse(String message) {
        return JsonText.of(
                json -> {
                    start(json, ExitCode.MISUSED, message);
                    end(json);
                },
                null);
    }

    /// Why a command failed. All lines together are the message.
    public static String of(RefusalException refusal) {
        List<String> lines = new ArrayList<>(refusal.wgLines());
        lines.addAll(refusal.remarks());
        return JsonText.of(
                json -> {
                    start(json, refusal.code(), String.join("\n", lines));
                    if (!refusal.problems().isEmpty()) {
                        json.writeArrayFieldStart("problems");
                        for (Problem problem : refusal.problems()) {
                            problem(json, problem);
                        }
                        json.writeEndArray();
                    }
                    end(json);
                },
                null);
    }

    /// A device, or the list of them (`name` is null), that could not be read.
    static String of(String what, @Nullable DeviceName name, DeviceException failure) {
        return JsonText.of(
                json -> {
                    start(json, ExitCode.of(failure), what + ": " + ErrorReport.explain(failure));
                    if (name != null) {
                        json.writeStringField("interface", JsonText.decode(KeyMask.hide(name.text())));
                    }
                    json.writeNumberField("errno", failure.errno());
                    json.writeStringField("errnoText", ErrorReport.sentence(failure));
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
