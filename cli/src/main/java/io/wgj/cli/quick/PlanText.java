// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.diff.DeviceSides;
import io.wgj.cli.json.PlanJson;
import io.wgj.cli.json.ResultJson;
import io.wgj.cli.json.TunnelDiffJson;
import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import io.wgj.netlink.route.TableNames;
import io.wgj.quick.model.DeviceChange;
import io.wgj.quick.model.Plan;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.SyncChange;
import io.wgj.quick.text.PlanRenderer;
import io.wgj.quick.text.StepFields;
import io.wgj.quick.text.StepSides;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Formats a plan for the user: as commands, or as JSON.
///
/// @param notes in addition to the plan's own
/// @param unresolved endpoints that are to be shown as names, by the text of their peer's key
record PlanText(Tunnel tunnel, TableNames tables, Plan plan, List<String> notes, Map<String, String> unresolved) {
    /// Commands and comments, without newlines, keys hidden and control characters escaped.
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (String command : commands(plan)) {
            lines.add(Printable.of(KeyMask.hide(command)));
        }
        for (String note : notes) {
            lines.add("# " + Printable.of(KeyMask.hide(note)));
        }
        return lines;
    }

    /// What is in effect and what the file says, as a unified diff; none when nothing differs.
    List<String> bothSides(FoundFile file) {
        List<String> lines = new ArrayList<>();
        for (StepSides change : changes()) {
            lines.addAll(bothSides(change));
        }
        if (!lines.isEmpty()) {
            lines.addFirst("+++ " + file.path());
            lines.addFirst("--- " + tunnel.link());
        }
        List<String> printed = new ArrayList<>(lines.size());
        for (String line : lines) {
            printed.add(Printable.of(line));
        }
        for (String note : notes) {
            printed.add("# " + Printable.of(KeyMask.hide(note)));
        }
        return printed;
    }

    /// The same as one JSON document.
    String bothSidesJson(FoundFile file, List<String> warnings) {
        return TunnelDiffJson.of(tunnel.link().text(), file.path(), changes(), allNotes(warnings));
    }

    /// The hunks of a device hold no secret, and their headings name peers by their public keys.
    private static List<String> bothSides(StepSides change) {
        if (change.device().isPresent()) {
            DeviceChange device = change.device().get();
            return DeviceSides.hunks(new SyncChange(device.before(), device.update()), Map.of());
        }
        List<String> lines = new ArrayList<>();
        lines.add("@@ " + change.kind() + " @@");
        for (String command : change.before()) {
            lines.add("-" + KeyMask.hide(command));
        }
        for (String command : change.after()) {
            lines.add("+" + KeyMask.hide(command));
        }
        return lines;
    }

    private List<StepSides> changes() {
        List<StepSides> changes = new ArrayList<>();
        for (Step step : plan.steps()) {
            changes.add(StepSides.of(step, one -> commands(new Plan(List.of(one), List.of()))));
        }
        return changes;
    }

    /// The plan as one JSON document.
    String json(String verb, FoundFile file, List<String> warnings) {
        return PlanJson.of(verb, tunnel.link().text(), file.path(), entries(), allNotes(warnings));
    }

    /// The plan, which was executed, as one JSON document.
    String result(String verb, FoundFile file, List<String> warnings) {
        return ResultJson.of(verb, tunnel.link().text(), file.path(), entries(), allNotes(warnings));
    }

    private List<PlanJson.Entry> entries() {
        StepFields fields = new StepFields(tables, unresolved);
        List<PlanJson.Entry> entries = new ArrayList<>();
        for (Step step : plan.steps()) {
            Plan alone = new Plan(List.of(step), List.of());
            entries.add(new PlanJson.Entry(StepFields.kind(step), fields.of(step), commands(alone)));
        }
        return entries;
    }

    private List<String> allNotes(List<String> warnings) {
        List<String> all = new ArrayList<>(warnings);
        all.addAll(plan.notes());
        all.addAll(notes);
        return all;
    }

    private List<String> commands(Plan part) {
        List<String> lines = new ArrayList<>();
        for (String line : new PlanRenderer(tunnel, tables).plan(part)) {
            lines.add(named(line));
        }
        return lines;
    }

    /// Adds the endpoint that was not looked up to `wg set … peer KEY …`.
    private String named(String line) {
        String start = "wg set " + tunnel.link() + " peer ";
        if (unresolved.isEmpty() || !line.startsWith(start)) {
            return line;
        }
        int end = line.indexOf(' ', start.length());
        end = end < 0 ? line.length() : end;
        String endpoint = unresolved.get(line.substring(start.length(), end));
        return endpoint == null ? line : line.substring(0, end) + " endpoint " + endpoint + line.substring(end);
    }
}
