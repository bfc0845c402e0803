// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.ring;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClasspathRoots;
import static org.junit.platform.launcher.TagFilter.excludeTags;
import static org.junit.platform.launcher.TagFilter.includeTags;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.junit.platform.reporting.legacy.xml.LegacyXmlReportGeneratingListener;

/// Runs all test classes that have a tag, one after the other, and writes an XML report of each.
///
/// Several processes may share the work: a class runs in the process that makes its file in the folder of claims.
/// Long tests come first, so that all processes end at about the same time.
///
/// `RunRing TAG WITHOUT REPORTS CLAIMS PATH|CLASS…`: WITHOUT is a tag to leave out, or empty. PATH is a list of
/// class path entries to search, separated by `:`.
public final class RunRing {
    /// Tests that take long, and that `./verify --quick` leaves out.
    private static final String LONG = "long";

    private static final int STACK_LINES = 40;

    /// How many tests of one class run at once, if the class has `@Execution(CONCURRENT)`.
    private static final String SCENES_AT_ONCE = "3";

    private final PrintStream out = System.out;
    private final Launcher launcher = LauncherFactory.create();
    private final String tag;
    private final String without;
    private final Path reports;
    private final Path claims;
    private final List<DiscoverySelector> selectors;

    private RunRing(String tag, String without, Path reports, Path claims, List<DiscoverySelector> selectors) {
        this.tag = tag;
        this.without = without;
        this.reports = reports;
        this.claims = claims;
        this.selectors = selectors;
    }

    /// Exits with 1 when a test fails.
    public static void main(String[] arguments) throws IOException {
        List<String> words = List.of(arguments);
        List<String> where = words.subList(4, words.size());
        List<DiscoverySelector> selectors = new ArrayList<>();
        for (String word : where) {
            if (word.contains(File.separator)) {
                selectors.addAll(selectClasspathRoots(Stream.of(word.split(File.pathSeparator))
                        .filter(entry -> !entry.isEmpty())
                        .map(Path::of)
                        .collect(Collectors.toSet())));
            } else {
                selectors.add(selectClass(word));
            }
        }
        var ring = new RunRing(
                words.get(0), words.get(1), Path.of(words.get(2)), Path.of(words.get(3)), List.copyOf(selectors));
        boolean passed = ring.run();
        // Tests leave threads behind.
        System.exit(passed ? 0 : 1);
    }

    private boolean run() throws IOException {
        Files.createDirectories(reports);
        Files.createDirectories(claims);
        if (!without.isEmpty()) {
            Set<String> leftOut = leftOut();
            Files.write(reports.resolve("left-out"), leftOut);
            out.println("Left out: " + String.join(", ", leftOut));
        }
        boolean passed = true;
        for (String name : classes()) {
            if (claim(name)) {
                passed &= run(name);
            }
        }
        return passed;
    }

    private LauncherDiscoveryRequest request(
            List<? extends DiscoverySelector> what, String included, Optional<String> excluded, boolean atOnce) {
        List<Filter<?>> filters = new ArrayList<>(List.of(includeTags(included)));
        excluded.ifPresent(one -> filters.add(excludeTags(one)));
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(what)
                .filters(filters.toArray(Filter[]::new))
                .filters(includeClassNamePatterns(".*(Test|Tests|IT)"))
                // A test that hangs fails, and shows where each thread was.
                .configurationParameter("junit.jupiter.execution.timeout.default", "10 m")
                .configurationParameter("junit.jupiter.execution.timeout.threaddump.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", Boolean.toString(atOnce))
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "same_thread")
                .configurationParameter("junit.jupiter.execution.parallel.config.strategy", "fixed")
                .configurationParameter("junit.jupiter.execution.parallel.config.fixed.parallelism", SCENES_AT_ONCE)
                .build();
    }

    private LauncherDiscoveryRequest request(List<? extends DiscoverySelector> what, boolean atOnce) {
        return request(what, tag, Optional.of(without).filter(one -> !one.isEmpty()), atOnce);
    }

    /// The names of all classes to run, those with long tests first.
    private Set<String> classes() {
        TestPlan plan = launcher.discover(request(selectors, false));
        List<TestIdentifier> found = classes(plan);
        Set<String> ordered = new LinkedHashSet<>();
        found.stream().filter(one -> isLong(plan, one)).map(RunRing::nameOf).forEach(ordered::add);
        found.stream().map(RunRing::nameOf).forEach(ordered::add);
        return ordered;
    }

    private static List<TestIdentifier> classes(TestPlan plan) {
        return plan.getRoots().stream()
                .flatMap(root -> plan.getChildren(root).stream())
                .filter(one -> one.getSource().orElse(null) instanceof ClassSource)
                .toList();
    }

    private static String nameOf(TestIdentifier container) {
        return ((ClassSource) container.getSource().orElseThrow()).getClassName();
    }

    private static boolean isLong(TestPlan plan, TestIdentifier one) {
        return one.getTags().contains(TestTag.create(LONG))
                || plan.getChildren(one).stream().anyMatch(child -> isLong(plan, child));
    }

    /// What the tag [#without] leaves out: whole classes, or single methods.
    private Set<String> leftOut() {
        TestPlan plan = launcher.discover(request(selectors, tag + " & " + without, Optional.empty(), false));
        Set<String> names = new TreeSet<>();
        for (TestIdentifier container : classes(plan)) {
            String name = nameOf(container).replaceAll(".*\\.", "");
            if (container.getTags().contains(TestTag.create(without))) {
                names.add(name);
            } else if (plan.getChildren(container).isEmpty()) {
                // A class template shows its methods only when it runs.
                names.add(name + " (in part)");
            } else {
                for (TestIdentifier test : plan.getChildren(container)) {
                    if (test.getSource().orElse(null) instanceof MethodSource method) {
                        names.add(name + "." + method.getMethodName());
                    }
                }
            }
        }
        return names;
    }

    private boolean claim(String name) throws IOException {
        try {
            Files.createFile(claims.resolve(name));
            return true;
        } catch (FileAlreadyExistsException _) {
            return false;
        }
    }

    /// Whether the class asks for its tests to run at once. All others stay in the main thread, which is the one
    /// that /proc/self shows.
    private static boolean runAtOnce(String name) {
        try {
            return Class.forName(name, false, RunRing.class.getClassLoader()).isAnnotationPresent(Execution.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean run(String name) throws IOException {
        Path folder = Files.createTempDirectory(reports, "running");
        var counted = new SummaryGeneratingListener();
        var written = new LegacyXmlReportGeneratingListener(folder, new PrintWriter(out, true, StandardCharsets.UTF_8));
        launcher.execute(request(List.of(selectClass(name)), runAtOnce(name)), counted, written);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.move(file, reports.resolve("TEST-" + name + ".xml"));
            }
        }
        Files.delete(folder);
        TestExecutionSummary summary = counted.getSummary();
        out.printf(
                Locale.ROOT,
                "%-8s %4d passed %3d failed %3d skipped %7.1f s  %s%n",
                summary.getTotalFailureCount() == 0 ? "passed" : "FAILED",
                summary.getTestsSucceededCount(),
                summary.getTestsFailedCount(),
                summary.getTestsSkippedCount() + summary.getTestsAbortedCount(),
                (summary.getTimeFinished() - summary.getTimeStarted()) / 1e3,
                name);
        if (summary.getTotalFailureCount() > 0) {
            summary.printFailuresTo(new PrintWriter(out, true, StandardCharsets.UTF_8), STACK_LINES);
        }
        return summary.getTotalFailureCount() == 0;
    }
}
