// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.plan.SyncChange;
import io.wgj.quick.text.StepSides;
import java.util.List;

/// The difference between a running tunnel and its file as a document:
/// `{"schema":"wgj/1","tunnelDiff":{"interface",
/// "file","same":false,"changes":[{"kind","before":[],"after":[]}],"notes":[]}}`. `before` and `after` are
/// commands that make what is in effect, and what the file says. A change of the device has `device` instead, with
/// the members that [DiffJson] writes.
public final class TunnelDiffJson {
    private TunnelDiffJson() {}

    /// The document.
    public static String of(String link, String file, List<StepSides> changes, List<String> notes) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeObjectFieldStart("tunnelDiff");
                    json.writeStringField("interface", link);
                    PlanJson.text(json, "file", file);
                    json.writeBooleanField("same", changes.isEmpty());
                    json.writeArrayFieldStart("changes");
                    for (StepSides change : changes) {
                        json.writeStartObject();
                        json.writeStringField("kind", change.kind());
                        if (change.device().isPresent()) {
                            json.writeObjectFieldStart("device");
                            DeviceChange device = change.device().get();
                            DiffJson.device(json, new SyncChange(device.before(), device.update()));
                            json.writeEndObject();
                        } else {
                            PlanJson.strings(json, "before", change.before());
                            PlanJson.strings(json, "after", change.after());
                        }
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    PlanJson.strings(json, "notes", notes);
                    json.writeEndObject();
                    json.writeEndObject();
                },
                null);
    }
}
