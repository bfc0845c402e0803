// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Located;
import io.wgj.config.file.Place;
import io.wgj.config.key.KeyMask;
import io.wgj.quick.model.HookPhase;
import io.wgj.quick.model.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Runs the file's `PreUp`, `PostUp`, `PreDown` and `PostDown` commands, and names the one that fails.
final class Hooks {
    private static final int LONGEST_TEXT = 60;

    private final Programs programs;
    private final Optional<Duration> limit;
    private final TunnelRequest request;
    private final ProgressListener listener;

    /// @param limit the time limit of one hook; empty for none
    Hooks(Programs programs, Optional<Duration> limit, TunnelRequest request, ProgressListener listener) {
        this.programs = programs;
        this.limit = limit;
        this.request = request;
        this.listener = listener;
    }

    void run(Step.RunHook hook) throws StepException, RunException {
        List<String> words = HookPhase.words(hook.command());
        Map<String, String> variables =
                Map.of("INTERFACE", request.tunnel().link().text(), "CONFIG_FILE", request.configFile());
        long start = System.nanoTime();
        Programs.HookEnd end = programs.runHook(words, variables, limit);
        if (end.overdue()) {
            listener.remark(place(hook, ", `" + shown(hook.command()) + "'") + " was ended: longer than --hook-timeout "
                    + limit.orElseThrow().toSeconds() + "s; its exit code is " + end.code());
            throw new StepException(1, List.of());
        }
        if (end.code() != 0) {
            listener.remark(
                    place(hook, "") + " exited with " + end.code() + " after " + seconds(System.nanoTime() - start));
            throw new StepException(end.code(), List.of());
        }
    }

    /// `PostUp (wg0.conf:4)`.
    private String place(Step.RunHook hook, String more) {
        Place place = commands(hook.phase()).get(hook.index()).place();
        return hook.phase().key() + " (" + place.file() + ":" + place.line() + more + ")";
    }

    private List<Located<String>> commands(HookPhase phase) {
        InterfaceSection section = request.tunnel().section();
        return switch (phase) {
            case PRE_UP -> section.preUp();
            case POST_UP -> section.postUp();
            case PRE_DOWN -> section.preDown();
            case POST_DOWN -> section.postDown();
        };
    }

    /// A command shortened to one line. Keys are hidden first, because a part of a key would not be
    /// recognised.
    private static String shown(String command) {
        String masked = KeyMask.hide(command);
        return masked.length() <= LONGEST_TEXT ? masked : masked.substring(0, LONGEST_TEXT) + "...";
    }

    private static String seconds(long nanos) {
        long tenths = (nanos + 50_000_000) / 100_000_000;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
