// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All checks, in one table, and what they find in files. Plain calls, not lambdas: `up` runs the first part of
/// the table, and each lambda costs a short command half a millisecond.
public final class FileChecks {
    private FileChecks() {}

    /// The checks whose warnings `up` prints.
    private static void whatMatters(CheckedFile file, HostFacts host, Report report) {
        KeyCheck.publicKeys(file, report);
        KeyCheck.privateKey(file, report);
        KeyCheck.presharedKeys(file, report);
        KeyCheck.peerTwice(file, report);
        AllowedIpsCheck.run(file, report);
        RouteCheck.endpointInTunnel(file, host, report);
        RouteCheck.ipv6Leak(file, host, report);
        RouteCheck.refusalInMain(file, host, report);
        RouteCheck.nothingRouted(file, report);
        CallCheck.neitherEndCalls(file, report);
        CallCheck.noKeepalive(file, host, report);
        MtuCheck.abovePath(file, host, report);
        SaveCheck.lost(file, report);
        HookCheck.notUndone(file, host, report);
    }

    /// The checks of `check` alone: what `up` says or refuses by itself, and habits.
    private static void everythingElse(CheckedFile file, HostFacts host, Report report) {
        GrammarCheck.problems(file, host, report);
        GrammarCheck.name(file, report);
        GrammarCheck.remarks(file, report);
        KeyCheck.ownKey(file, report);
        NameCheck.run(file, report);
        TrustCheck.secrets(file, host, report);
        TrustCheck.hooks(file, host, report);
        TrustCheck.keyFiles(file, host, report);
        HostCheck.nameService(file, host, report);
        HostCheck.monitor(file, host, report);
        HostCheck.ephemeralPort(file, host, report);
        HookCheck.byHand(file, host, report);
        HookCheck.masquerade(file, report);
        HookCheck.forwarding(file, report);
        RouteCheck.routesDoNotHold(file, host, report);
    }

    /// What `up` should say about a file without mistakes of the grammar, the gravest first.
    public static List<Finding> atUp(CheckedFile file, HostFacts host) {
        Report report = new Report();
        whatMatters(file, host, report);
        List<Finding> findings = report.findings();
        if (!findings.isEmpty()) {
            silence(file, findings);
            FindingOrder.byGravity(findings);
        }
        return findings;
    }

    /// What is wrong with one file, in its order.
    public static List<Finding> ofOne(CheckedFile file, HostFacts host) {
        return ofHost(List.of(file), host);
    }

    /// What is wrong with files that belong to one host.
    public static List<Finding> ofHost(List<CheckedFile> files, HostFacts host) {
        Report report = new Report();
        for (CheckedFile file : files) {
            whatMatters(file, host, report);
            everythingElse(file, host, report);
        }
        if (files.size() > 1) {
            OneHostCheck.run(files, report);
        }
        return sorted(files, report.findings());
    }

    /// What is wrong with files that are the ends of one network, perhaps of several hosts.
    ///
    /// @param host what holds for all of them: the files themselves, not routes
    public static List<Finding> ofNetwork(List<CheckedFile> files, HostFacts host) {
        Report report = new Report();
        for (CheckedFile file : files) {
            whatMatters(file, host, report);
            everythingElse(file, host, report);
        }
        new NetworkCheck(files).run(report);
        return sorted(files, report.findings());
    }

    /// In the order of the files and their lines, without what the files silence.
    private static List<Finding> sorted(List<CheckedFile> files, List<Finding> all) {
        Map<String, List<Finding>> byFile = new HashMap<>();
        for (Finding finding : all) {
            byFile.computeIfAbsent(finding.place().file(), _ -> new ArrayList<>())
                    .add(finding);
        }
        List<Finding> sorted = new ArrayList<>(all.size());
        for (CheckedFile file : files) {
            List<Finding> ofFile = byFile.remove(file.name());
            if (ofFile != null) {
                silence(file, ofFile);
                FindingOrder.byPlace(ofFile);
                sorted.addAll(ofFile);
            }
        }
        return sorted;
    }

    private static void silence(CheckedFile file, List<Finding> findings) {
        Ignores ignores = new Ignores(file.lines());
        for (int i = findings.size() - 1; i >= 0; i--) {
            if (ignores.silence(findings.get(i))) {
                findings.remove(i);
            }
        }
    }
}
