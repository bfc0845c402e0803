// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Advice;
import io.wgj.config.file.Key;
import io.wgj.config.file.Problem;
import io.wgj.config.file.QuickLine;
import io.wgj.config.file.Section;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.FileCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The problems and remarks of the parser, and those of words that only ip(8) reads, with codes.
final class GrammarCheck {
    private GrammarCheck() {}

    /// Everything for which `up` refuses the file.
    static void problems(CheckedFile file, HostFacts host, Report report) {
        for (Problem problem : file.parsed().wgProblems()) {
            add(report, codeOf(problem), problem);
        }
        for (Problem problem : file.parsed().quickProblems()) {
            add(report, codeOf(problem), problem);
        }
        for (Problem problem : file.parsed().conflicts()) {
            add(report, CheckCode.MTU_BELOW_IPV6, problem);
        }
        Tunnel tunnel = file.tunnel();
        List<FileCheck.Finding> findings = new ArrayList<>(FileCheck.findings(tunnel, file.lines(), host.tables()));
        FileCheck.missingPort(tunnel, file.lines(), file.parsed()).ifPresent(findings::add);
        for (FileCheck.Finding finding : findings) {
            add(report, codeOfWords(finding.problem()), finding.problem());
        }
    }

    /// Values that are accepted and do nothing, or less than one would think.
    static void remarks(CheckedFile file, Report report) {
        for (Advice advice : file.parsed().advice()) {
            boolean monitor = false;
            for (QuickLine line : file.lines().lines()) {
                monitor |= line.number() == advice.place().line()
                        && line.key().isPresent()
                        && line.key().get().needsMonitor();
            }
            report.add(
                    monitor ? CheckCode.IDLE_MONITOR_KEY : CheckCode.DOUBTFUL_VALUE, advice.place(), advice.text(), "");
        }
    }

    /// The name of an interface has 15 characters.
    static void name(CheckedFile file, Report report) {
        if (file.link().isPresent() || file.path().isEmpty()) {
            return;
        }
        String last = file.path().substring(file.path().lastIndexOf('/') + 1);
        String name = last.endsWith(".conf") ? last.substring(0, last.length() - ".conf".length()) : last;
        String why = !last.endsWith(".conf")
                ? "the name does not end in .conf"
                : name.length() > 15
                        ? "the name of an interface has at most 15 characters, `" + name + "' has " + name.length()
                        : "the name of an interface has letters, digits and _=+.- alone, and at least one";
        report.add(CheckCode.NAME_REFUSED, file.start(), why, "rename the file, as to wg0.conf");
    }

    private static void add(Report report, CheckCode code, Problem problem) {
        String subject = problem.key().isEmpty() ? "" : problem.key() + ": ";
        report.add(code, problem.place(), subject + problem.reason(), problem.hint());
    }

    private static CheckCode codeOf(Problem problem) {
        if (problem.reason().contains("AmneziaWG")) {
            return CheckCode.AMNEZIA_KEY;
        }
        if (problem.reason().contains("UTF-16") || problem.reason().contains("byte order mark")) {
            return CheckCode.WRONG_ENCODING;
        }
        if (problem.reason().startsWith("the section has a ")) {
            return CheckCode.TWO_KEY_SOURCES;
        }
        boolean noValue = problem.value().isEmpty();
        if (noValue
                && problem.key().equals(Key.PUBLIC_KEY.text())
                && problem.reason().startsWith("a peer needs")) {
            return CheckCode.PEER_WITHOUT_KEY;
        }
        return isKnown(problem) ? CheckCode.VALUE_REFUSED : CheckCode.LINE_UNKNOWN;
    }

    /// Whether the key is one of its section.
    private static boolean isKnown(Problem problem) {
        for (Section section : Section.values()) {
            Optional<Key> key = Key.find(problem.key(), section);
            if (section.title().equals(problem.section()) && key.isPresent()) {
                return true;
            }
        }
        return false;
    }

    private static CheckCode codeOfWords(Problem problem) {
        if (problem.key().equals(Key.ADDRESS.text())) {
            return CheckCode.ADDRESS_TWICE;
        }
        return problem.key().equals(Key.ALLOWED_SOURCES.text())
                ? CheckCode.FILTER_WITHOUT_PORT
                : CheckCode.WORDS_REFUSED;
    }
}
