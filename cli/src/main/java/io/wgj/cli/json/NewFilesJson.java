// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.List;

/// New configuration files as a document: `{"schema":"wgj/1","files":[{"path":"wg0.conf","created":true,
/// "name":"wg0","publicKey":"…","addresses":["…"]}],"next":[{"what":"…","commands":["…"]}],"notes":[]}`.
public final class NewFilesJson {
    private NewFilesJson() {}

    /// A file that was written.
    ///
    /// @param created false for one that was there before
    /// @param name of the host that it is for; empty for one that was there before
    /// @param addresses of that host in the tunnel
    /// @param summary for people, not in the document
    public record File(
            String path, boolean created, String name, String publicKey, List<IpPrefix> addresses, String summary) {
        /// Copies `addresses`.
        public File {
            addresses = List.copyOf(addresses);
        }
    }

    /// Something to do next.
    public record Step(String what, List<String> commands) {
        /// Copies `commands`.
        public Step {
            commands = List.copyOf(commands);
        }
    }

    /// @param notes warnings and advice
    public static String of(List<File> files, List<Step> next, List<String> notes) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeArrayFieldStart("files");
                    for (File file : files) {
                        json.writeStartObject();
                        json.writeStringField("path", JsonText.decode(file.path()));
                        json.writeBooleanField("created", file.created());
                        if (!file.name().isEmpty()) {
                            json.writeStringField("name", file.name());
                        }
                        json.writeStringField("publicKey", file.publicKey());
                        if (!file.addresses().isEmpty()) {
                            List<String> addresses = new ArrayList<>();
                            for (IpPrefix address : file.addresses()) {
                                addresses.add(address.text());
                            }
                            PlanJson.strings(json, "addresses", addresses);
                        }
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("next");
                    for (Step step : next) {
                        json.writeStartObject();
                        json.writeStringField("what", JsonText.decode(step.what()));
                        PlanJson.strings(json, "commands", step.commands());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    PlanJson.strings(json, "notes", notes);
                    json.writeEndObject();
                },
                null);
    }
}
