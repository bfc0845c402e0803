// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.file.Advice;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Problem;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.FileCheck;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TableFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A configuration file and its content.
///
/// @param lines the file as written
/// @param verb the command that is to be done with it, or planned
record QuickSource(FoundFile found, QuickFile lines, ParsedFile parsed, String verb) {
    private static final String ORIGINAL = "wg-quick: ";

    /// Reads a file. Refuses only what the original refuses for every command.
    static QuickSource read(Invocation invocation, FoundFile found, String verb) throws RefusalException {
        String text;
        try {
            text = ConfFile.text(invocation.host(), found.path());
        } catch (FileException failure) {
            throw Refusals.of(
                    invocation, ExitCode.of(failure), "`" + found.path() + "': " + ErrorReport.sentence(failure));
        }
        QuickSource source = of(found, text, verb);
        Optional<Problem> forAll = source.refusedForEveryVerb();
        if (forAll.isPresent() && !source.buildsTunnel()) {
            throw refusal(invocation, forAll.get(), List.of(forAll.get()), ExitCode.INVALID);
        }
        return source;
    }

    private static QuickSource of(FoundFile found, String text, String verb) {
        QuickFile lines = QuickFile.of(found.path(), text);
        return new QuickSource(found, lines, QuickConfigParser.parse(lines), verb);
    }

    /// Whether [#tunnel] reports every problem to the command.
    private boolean buildsTunnel() {
        return verb.equals("up") || verb.equals("reload");
    }

    private Optional<Problem> refusedForEveryVerb() {
        for (Problem problem : parsed.quickProblems()) {
            if (!problem.wgLines().isEmpty()) {
                return Optional.of(problem);
            }
        }
        return Optional.empty();
    }

    /// An interface whose file is lost: only its name is known.
    static QuickSource without(Invocation invocation, String word, String verb) throws RefusalException {
        Optional<InterfaceName> link = InterfaceName.parse(word);
        if (link.isEmpty()) {
            throw Refusals.of(invocation, ExitCode.MISUSED, "`" + word + "' is not the name of an interface");
        }
        return of(new FoundFile(link.get(), "", false), "", verb);
    }

    /// The tunnel, for commands that build it. Any problem of the file is a reason to refuse, and all are
    /// reported.
    Tunnel tunnel(Invocation invocation) throws RefusalException {
        Tunnel tunnel = lenient();
        List<Problem> problems = new ArrayList<>(parsed.problems());
        List<FileCheck.Finding> findings = new ArrayList<>(FileCheck.findings(tunnel, lines, new TableFiles()));
        findings.addAll(missingPort(invocation, tunnel));
        for (FileCheck.Finding finding : findings) {
            problems.add(finding.problem());
        }
        for (Problem conflict : parsed.conflicts()) {
            findings.add(new FileCheck.Finding(conflict, FileCheck.REFUSED));
        }
        if (problems.isEmpty()) {
            return new Tunnel(found.link(), withoutItself(invocation));
        }
        problems.sort((left, right) -> left.place().line() == right.place().line()
                ? Integer.compare(left.place().column(), right.place().column())
                : Integer.compare(left.place().line(), right.place().line()));
        List<Problem> wg = parsed.wgProblems();
        Problem first = refusedForEveryVerb().orElse(wg.isEmpty() ? problems.getFirst() : wg.getFirst());
        int originalCode = ExitCode.FAILED;
        for (FileCheck.Finding finding : findings) {
            if (finding.problem().equals(first)) {
                originalCode = finding.exitCode();
            }
        }
        throw refusal(invocation, first, problems, ExitCode.INVALID).withOriginalCode(originalCode);
    }

    /// The problem of a filter without a listen port. Only our own engine filters without knowing the port.
    private List<FileCheck.Finding> missingPort(Invocation invocation, Tunnel tunnel) {
        Optional<FileCheck.Finding> finding = FileCheck.missingPort(tunnel, lines, parsed);
        if (finding.isEmpty() || verb.equals("reload")) {
            return List.of();
        }
        try {
            SystemSnapshot snapshot = Session.runner(invocation, tunnel).inspect(tunnel, List.of());
            return snapshot.support().usesOwnEngine() ? List.of() : List.of(finding.get());
        } catch (RunException _) {
            // The run itself reports it.
            return List.of();
        }
    }

    /// The file without sections about the interface itself. WireGuard ignores such peers, but their
    /// `AllowedSources`, or the lack of them, would count.
    private TunnelFile withoutItself(Invocation invocation) {
        TunnelFile file = file();
        boolean counts = false;
        for (PeerSection peer : file.peers()) {
            counts |= !peer.allowedSources().isEmpty();
        }
        Optional<PublicKey> own = counts ? ownKey(invocation) : Optional.empty();
        return own.isPresent() ? file.withoutPeer(own.get()) : file;
    }

    /// Empty while the key is unknown: a command prints it, or a hook makes its file.
    private Optional<PublicKey> ownKey(Invocation invocation) {
        try {
            return new KeySources(invocation, found)
                    .completeFromFiles(file())
                    .interfaceSection()
                    .privateKey()
                    .map(PrivateKey::publicKey);
        } catch (RefusalException _) {
            return Optional.empty();
        }
    }

    /// Prints the original's warnings about a file without problems, and our advice.
    void announce(Invocation invocation) {
        for (String warning : parsed.warnings()) {
            invocation.warn(warning);
        }
        for (String advice : advice()) {
            invocation.note(advice);
        }
    }

    /// Our advice, with places.
    List<String> advice() {
        List<String> sentences = new ArrayList<>();
        for (Advice advice : parsed.advice()) {
            sentences.add(advice.place() + ": " + advice.text());
        }
        return sentences;
    }

    /// The content of a file without problems.
    TunnelFile file() {
        return parsed.file().orElseThrow();
    }

    /// The tunnel without the lines that have a problem, for commands that take it down or look at it. The
    /// original ignores such lines there too.
    Tunnel lenient() {
        return new Tunnel(found.link(), parsed.readable());
    }

    /// Reports the first problem in the original's words, or in its form where it has none, and then all problems
    /// in ours.
    private static RefusalException refusal(Invocation invocation, Problem first, List<Problem> all, int code) {
        List<String> lines = new ArrayList<>();
        for (String line : first.wgLines()) {
            boolean own = line.startsWith(ORIGINAL);
            lines.add(own ? invocation.program() + ": " + line.substring(ORIGINAL.length()) : line);
        }
        boolean silent = lines.isEmpty();
        if (silent) {
            lines.add(invocation.program() + ": " + ErrorReport.sentence(first));
        }
        List<String> remarks = new ArrayList<>();
        for (Problem problem : all) {
            if (!silent || !problem.equals(first)) {
                remarks.add(ErrorReport.sentence(problem));
            }
        }
        return new RefusalException(code, lines, remarks).withProblems(all);
    }
}
