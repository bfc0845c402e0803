// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/// Runs the benchmarks, each in a JVM of its own with the options of this one, in rounds: what disturbs the
/// machine for a while then disturbs one round of many.
///
///     Micro SAMPLES ROUNDS all|quick FILTER
///
/// SAMPLES becomes a table of round, name, nanoseconds and bytes allocated per operation, tabs between, a
/// line per iteration. FILTER is a regular expression found in the benchmarks' class and method names.
/// `quick` takes one variant of each and less time for it.
public final class Micro {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private Micro() {}

    public static void main(String[] words) throws IOException, RunnerException {
        int rounds = Integer.parseInt(words[1]);
        boolean quick = words[2].equals("quick");
        try (PrintStream samples =
                new PrintStream(Files.newOutputStream(Path.of(words[0])), false, StandardCharsets.UTF_8)) {
            for (int round = 1; round <= rounds; round++) {
                System.err.printf("round %d of %d%n", round, rounds);
                for (RunResult result : run(quick, words[3])) {
                    print(samples, round, result);
                }
            }
            if (samples.checkError()) {
                throw new IOException(words[0] + " cannot be written");
            }
        }
    }

    private static Collection<RunResult> run(boolean quick, String filter) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(Yardsticks.class.getName())
                .include(filter)
                .forks(1)
                .warmupTime(TimeValue.milliseconds(250))
                .warmupIterations(4)
                .measurementTime(TimeValue.milliseconds(100))
                .measurementIterations(5)
                .addProfiler(GCProfiler.class)
                .timeUnit(TimeUnit.NANOSECONDS)
                .mode(Mode.AverageTime)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.param("provider", "jdk").param("library", "openssl").param("prefixes", "1000");
        }
        return new Runner(options.build()).run();
    }

    private static void print(PrintStream out, int round, RunResult result) {
        String name = name(result.getParams());
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            for (IterationResult iteration : fork.getIterationResults()) {
                double time = iteration.getPrimaryResult().getScore();
                Result<?> allocated = iteration.getSecondaryResults().get(ALLOCATED);
                if (allocated == null) {
                    throw new IllegalStateException("JMH did not say what was allocated");
                }
                out.printf("%d\t%s\t%.3f\t%.3f%n", round, name, time, allocated.getScore());
            }
        }
    }

    /// `Class.method value value`.
    private static String name(BenchmarkParams params) {
        String[] parts = params.getBenchmark().split("\\.", -1);
        StringBuilder name = new StringBuilder(parts[parts.length - 2] + "." + parts[parts.length - 1]);
        for (String key : params.getParamsKeys()) {
            name.append(' ').append(params.getParam(key));
        }
        return name.toString();
    }
}
