// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.config.device.DeviceException;
import io.wgj.config.key.KeyMask;
import io.wgj.config.net.DeviceName;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Failures as documents: `{"schema":"wgj/1","error":{"code":5,"message":"…","interface":"wg0","errno":19,…}}`, where
/// `code` is the exit code that the failure alone would give.
public final class ErrorJson {
    private ErrorJson() {}

    /// Words that were not understood.
    static String misuse(String message) {
        return JsonText.of(
                json -> {
                    start(json, ExitCode.MISUSED, message);
                    end(json);
                },
                null);
    }

    /// Anything else that went wrong.
    ///
    /// @param lines sentences; all of them are the message
    public static String of(int code, List<String> lines) {
        return JsonText.of(
                json -> {
                    start(json, code, String.join("\n", lines));
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
