// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.hooks;

import io.wgj.quick.model.HookPhase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs one job: the commands of the file in their order, then the common hooks. A script that fails does not
/// keep the next one from running.
public final class HookRun {
    /// How long one script may take.
    public static final Duration LIMIT = Duration.ofSeconds(30);

    private final HookProcesses processes;
    private final Reporter reporter;

    /// Takes what happens during a job. Called by the thread of the job.
    public interface Reporter {
        /// A script has printed this.
        ///
        /// @param hook the key in the file, or the path of a common hook
        void output(HookJob job, String hook, String text, boolean isCut);

        /// A script has failed, or cannot be run.
        void failed(HookJob job, String sentence);
    }

    public HookRun(HookProcesses processes, Reporter reporter) {
        this.processes = processes;
        this.reporter = reporter;
    }

    /// Runs the job to its end.
    public void run(HookJob job) {
        Map<String, String> variables = variables(job);
        for (String command : job.commands()) {
            String expanded = command.replace("%i", job.iface().text());
            run(job, job.fileKey(), HookPhase.words(expanded), variables);
        }
        List<String> problems = new ArrayList<>();
        for (String path : processes.common(problems)) {
            run(job, path, List.of(path), variables);
        }
        for (String problem : problems) {
            reporter.failed(job, problem);
        }
    }

    private void run(HookJob job, String hook, List<String> words, Map<String, String> variables) {
        long start = System.nanoTime();
        HookProcesses.End end = processes.run(words, variables, LIMIT);
        if (!end.output().isEmpty() || end.isCut()) {
            reporter.output(job, hook, end.output(), end.isCut());
        }
        if (end.overdue()) {
            reporter.failed(job, hook + " was ended: longer than " + LIMIT.toSeconds() + " s");
        } else if (end.code() != 0) {
            reporter.failed(
                    job,
                    hook + " exited with " + end.code() + " after " + (System.nanoTime() - start) / 1_000_000 + " ms");
        }
    }

    private static Map<String, String> variables(HookJob job) {
        Map<String, String> variables = new TreeMap<>();
        variables.put("INTERFACE", job.iface().text());
        variables.put("CONFIG_FILE", job.configFile().orElse(""));
        variables.put("WGJ_INTERFACE", job.iface().text());
        variables.put("WGJ_PEER", job.peer().toBase64());
        variables.put("WGJ_NAME", job.name().orElse(""));
        variables.put("WGJ_ENDPOINT", job.endpoint());
        variables.put("WGJ_STATE", job.kind().text().substring("peer-".length()));
        variables.put("WGJ_REASON", job.reason());
        variables.put("WGJ_SINCE", job.since().toString());
        variables.put("WGJ_EVENT", job.kind().text());
        return variables;
    }
}
