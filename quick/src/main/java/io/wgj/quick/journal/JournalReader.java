// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import io.wgj.netlink.route.Route;
import io.wgj.quick.model.Effect;
import io.wgj.quick.model.HookChanges;
import io.wgj.quick.model.RoutePlace;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.WithdrawnRoute;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Reads the text of a journal. A line without its end was cut off while it was written: what it says has not
/// happened. A line that is not understood is left out, and the first of them is the journal's damage.
final class JournalReader {
    /// The word of a run that only withdraws or restores routes.
    static final String ROUTES = "routes";

    private static final String ANY_VERSION = "wgj-journal ";

    private final List<Step> history = new ArrayList<>();
    /// The steps that are about to be performed.
    private final List<Step> pending = new ArrayList<>();
    private final Set<Long> endpoints = new LinkedHashSet<>();
    private final List<Route> earlierRoutes = new ArrayList<>();
    private final Map<RoutePlace, WithdrawnRoute> withdrawn = new LinkedHashMap<>();
    private String boot = "";
    private Optional<String> configFile = Optional.empty();
    private HookChanges hooks = HookChanges.none();
    private boolean automaticMtu;
    private OptionalInt linkIndex = OptionalInt.empty();
    private OptionalLong hookLines = OptionalLong.empty();
    private OptionalInt chosenPort = OptionalInt.empty();
    private Optional<String> pendingStart = Optional.empty();
    /// Whether the last run has ended that was none of routes.
    private boolean complete;
    /// Whether a run of routes goes on.
    private boolean movesRoutes;
    private boolean made;
    private boolean removing;
    private Optional<Journal.OnTrial> trial = Optional.empty();
    private String damage = "";
    /// What the present run has announced, which counts once the run has ended.
    private final Set<Long> nextEndpoints = new LinkedHashSet<>();
    private final List<Step> nextHookSteps = new ArrayList<>();
    private final Set<Long> nextHookDevice = new LinkedHashSet<>();
    private boolean nextAutomaticMtu;
    private boolean appliesFile;

    private JournalReader() {}

    /// The journal of this text.
    ///
    /// @throws JournalException when another version of wgj wrote it: its lines may mean something else
    static Journal read(String text) throws JournalException {
        JournalReader reader = new JournalReader();
        int start = 0;
        int number = 0;
        while (true) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                return reader.journal();
            }
            number++;
            String line = text.substring(start, end);
            if (number == 1 && line.startsWith(ANY_VERSION) && !line.equals(Journal.FIRST_LINE)) {
                throw new JournalException("another version of wgj wrote it (" + line + ")");
            }
            try {
                reader.line(number, line);
            } catch (JournalException e) {
                reader.damage("line " + number + ": " + e.getMessage());
            }
            start = end + 1;
        }
    }

    private void damage(String what) {
        if (damage.isEmpty()) {
            damage = what;
        }
    }

    private void line(int number, String line) throws JournalException {
        if (number == 1) {
            if (!line.equals(Journal.FIRST_LINE)) {
                throw new JournalException("this is not the first line of a journal");
            }
            return;
        }
        int blank = line.indexOf(' ');
        String word = blank < 0 ? line : line.substring(0, blank);
        String rest = blank < 0 ? "" : line.substring(blank + 1);
        switch (word) {
            case "boot" -> boot = rest;
            case "begin" -> begin(rest);
            case "file" -> configFile = Optional.of(rest);
            case "do" -> {
                Step step = StepCodec.parse(rest);
                removing |= step.effect() instanceof Effect.RemovesLink;
                pending.add(step);
            }
            case "start" -> pendingStart = Optional.of(rest);
            case "ok" -> {
                history.addAll(pending);
                pending.clear();
                pendingStart = Optional.empty();
            }
            case "no" -> {
                pending.clear();
                pendingStart = Optional.empty();
            }
            case "did" -> history.add(StepCodec.parse(rest));
            case "link" -> linkIndex = OptionalInt.of((int) number(rest, 10));
            case "made" -> made = true;
            case "trial" ->
                trial = Optional.of(new Journal.OnTrial(number(rest, 16), made, OptionalLong.empty(), false));
            case "until" -> {
                OptionalLong until = OptionalLong.of(number(rest, 10));
                trial = trial.map(one -> new Journal.OnTrial(one.number(), one.reload(), until, one.decided()));
            }
            case "decided" ->
                trial = trial.map(one -> new Journal.OnTrial(one.number(), one.reload(), one.until(), true));
            case "endpoint" -> nextEndpoints.add(number(rest, 16));
            case "mtu" -> nextAutomaticMtu = true;
            case "hook" -> nextHookSteps.add(StepCodec.parse(rest));
            case "hook-device" -> nextHookDevice.add(number(rest, 16));
            case "hook-lines" -> hookLines = OptionalLong.of(number(rest, 16));
            case "routed" -> earlierRoutes.add(StepCodec.parseRoute(rest));
            case "withdrawn" -> {
                WithdrawnRoute route = withdrawn(rest);
                withdrawn.put(route.place(), route);
            }
            case "returned" -> {
                WithdrawnRoute route = withdrawn(rest);
                withdrawn.remove(route.place(), route);
            }
            case "port" -> chosenPort = OptionalInt.of((int) number(rest, 10));
            case "end" -> end();
            default -> throw new JournalException("unknown word `" + word + "'");
        }
    }

    private static WithdrawnRoute withdrawn(String text) throws JournalException {
        int blank = text.indexOf(' ');
        if (blank < 0) {
            throw new JournalException("a field is missing");
        }
        return new WithdrawnRoute(
                number(text.substring(0, blank), 16), StepCodec.parseRoute(text.substring(blank + 1)));
    }

    private static long number(String text, int radix) throws JournalException {
        try {
            return Long.parseUnsignedLong(text, radix);
        } catch (NumberFormatException _) {
            throw new JournalException("`" + text + "' is no number");
        }
    }

    private void begin(String word) {
        settle();
        settleAnnounced();
        movesRoutes = word.equals(ROUTES);
        if (movesRoutes) {
            return;
        }
        complete = false;
        made |= word.equals("adopt");
        if (!word.equals("reload") || trial.filter(Journal.OnTrial::reload).isPresent()) {
            trial = Optional.empty();
        }
        appliesFile = word.equals("reload") || word.equals("up");
        if (appliesFile) {
            configFile = Optional.empty();
        }
    }

    private void end() {
        if (movesRoutes) {
            movesRoutes = false;
            return;
        }
        complete = true;
        made = true;
        if (appliesFile) {
            endpoints.clear();
            endpoints.addAll(nextEndpoints);
            nextEndpoints.clear();
            automaticMtu = nextAutomaticMtu;
            hooks = new HookChanges(nextHookSteps, nextHookDevice);
        }
    }

    /// Decides what counts of the steps that a killed run was about to perform. A step that adds something
    /// may have happened: then it has to be undone. A step that removes something may not have happened: then
    /// it has to be performed again. A step that replaces something may have left either.
    private void settle() {
        for (Step step : pending) {
            switch (step.effect()) {
                case Effect.Adds(Step.Lasting added) -> history.add(added);
                case Effect.Replaces(Step.Lasting _, Step.Lasting after) -> history.add(after);
                case Effect.Sets(Step.Lasting setting) -> {
                    // Not a setting that was about to get its old value again.
                    if (setting.inverse().filter(history::contains).isEmpty()) {
                        history.add(setting);
                    }
                }
                case Effect.Removes(Step.Lasting _) -> {}
                case Effect.RemovesLink() -> {}
                case Effect.Reconfigures() -> {}
                case Effect.ActsOutside() -> {}
            }
        }
        pending.clear();
    }

    /// Decides what counts of the announcements of a run that was killed. It may have changed an endpoint or
    /// not: only those are known that it meant to keep.
    private void settleAnnounced() {
        automaticMtu &= complete || !appliesFile;
        nextAutomaticMtu = false;
        nextHookSteps.clear();
        nextHookDevice.clear();
        if (!complete && !nextEndpoints.isEmpty()) {
            endpoints.retainAll(nextEndpoints);
        }
        nextEndpoints.clear();
    }

    private Journal journal() {
        boolean cutShort = !pending.isEmpty() || movesRoutes;
        settle();
        settleAnnounced();
        return new Journal(
                boot,
                configFile,
                history,
                linkIndex,
                complete && !cutShort && damage.isEmpty(),
                complete && movesRoutes && damage.isEmpty(),
                made,
                removing,
                endpoints,
                automaticMtu,
                earlierRoutes,
                hooks,
                List.copyOf(withdrawn.values()),
                hookLines,
                chosenPort,
                pendingStart,
                trial,
                damage);
    }
}
