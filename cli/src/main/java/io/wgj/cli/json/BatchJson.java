// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.key.KeyMask;
import java.io.IOException;

/// What became of one line of a batch:
/// `{"schema":"wgj/1","line":3,"command":"wg show","exit":0,"output":"…"}`. `output` is a document where the
/// command printed one. `problems`, of a line that failed, and `notes`, of one that did not, are a list of objects
/// with a `message` each; an error that a command reports as JSON has all of its fields.
public final class BatchJson {
    private static final String DOCUMENT = "{\"schema\":\"" + JsonText.SCHEMA + "\",";
    private static final String ERROR = DOCUMENT + "\"error\":";

    private BatchJson() {}

    /// A line that was run.
    ///
    /// @param printed on standard output
    /// @param errors what it printed on standard error
    public static String ofRun(int line, String command, int exit, String printed, String errors) {
        return JsonText.of(
                json -> {
                    start(json, line, command, exit);
                    if (!printed.isEmpty() || exit == 0) {
                        output(json, printed);
                    }
                    if (!errors.isEmpty()) {
                        json.writeArrayFieldStart(exit == 0 ? "notes" : "problems");
                        messages(json, errors);
                        json.writeEndArray();
                    }
                    json.writeEndObject();
                },
                null);
    }

    /// A line that was not run.
    ///
    /// @param command empty when it is too long to be shown
    /// @param column 0 for the line as a whole
    public static String ofRefusal(int line, String command, int exit, int column, String message) {
        return JsonText.of(
                json -> {
                    start(json, line, command, exit);
                    json.writeArrayFieldStart("problems");
                    json.writeStartObject();
                    json.writeStringField("message", JsonText.decode(KeyMask.hide(message)));
                    if (column > 0) {
                        json.writeNumberField("column", column);
                    }
                    json.writeEndObject();
                    json.writeEndArray();
                    json.writeEndObject();
                },
                null);
    }

    private static void start(JsonGenerator json, int line, String command, int exit) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", JsonText.SCHEMA);
        json.writeNumberField("line", line);
        if (!command.isEmpty()) {
            json.writeStringField("command", JsonText.decode(KeyMask.hide(command)));
        }
        json.writeNumberField("exit", exit);
    }

    /// A document of ours as a document, everything else as text.
    private static void output(JsonGenerator json, String printed) throws IOException {
        json.writeFieldName("output");
        int end = printed.indexOf('\n');
        if (printed.startsWith(DOCUMENT) && end == printed.length() - 1) {
            json.writeRawValue(JsonText.decode(printed.substring(0, end)));
        } else {
            json.writeString(JsonText.decode(printed));
        }
    }

    private static void messages(JsonGenerator json, String errors) throws IOException {
        int at = 0;
        while (at < errors.length()) {
            int end = errors.indexOf('\n', at);
            end = end < 0 ? errors.length() : end;
            String line = errors.substring(at, end);
            if (line.startsWith(ERROR) && line.endsWith("}}")) {
                json.writeRawValue(JsonText.decode(line.substring(ERROR.length(), line.length() - 1)));
            } else if (!line.isBlank()) {
                json.writeStartObject();
                json.writeStringField("message", JsonText.decode(line));
                json.writeEndObject();
            }
            at = end + 1;
        }
    }
}
