// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All checks, in one table, and what they find in files.
public final class FileChecks {
    /// The checks of one file.
    private static final Check[] OF_ONE = {
        GrammarCheck::problems,
        GrammarCheck::name,
        GrammarCheck::remarks,
        KeyCheck::ownKey,
        KeyCheck::publicKeys,
        KeyCheck::privateKey,
        KeyCheck::presharedKeys,
        KeyCheck::peerTwice,
        AllowedIpsCheck::twice,
        AllowedIpsCheck::swallowed,
        AllowedIpsCheck::hostBits,
        RouteCheck::endpointInTunnel,
        RouteCheck::ipv6Leak,
        RouteCheck::refusalInMain,
        RouteCheck::nothingRouted,
        RouteCheck::routesDoNotHold,
        CallCheck::nobodyCalls,
        CallCheck::noKeepalive,
        MtuCheck::abovePath,
        HostCheck::nameService,
        HostCheck::monitor,
        HostCheck::ephemeralPort,
        TrustCheck::secrets,
        TrustCheck::hooks,
        TrustCheck::keyFiles,
        SaveCheck::lost,
        HookCheck::notUndone,
        HookCheck::byHand,
        HookCheck::masquerade,
        HookCheck::forwarding,
    };

    private FileChecks() {}

    /// What is wrong with one file, in its order.
    public static List<Finding> ofOne(CheckedFile file, HostFacts host) {
        return sorted(List.of(file), findings(file, host));
    }

    /// What is wrong with files that belong to one host.
    public static List<Finding> ofHost(List<CheckedFile> files, HostFacts host) {
        List<Finding> all = new ArrayList<>();
        for (CheckedFile file : files) {
            all.addAll(findings(file, host));
        }
        if (files.size() > 1) {
            Report report = new Report();
            OneHostCheck.run(files, report);
            all.addAll(report.findings());
        }
        return sorted(files, all);
    }

    /// What is wrong with files that are the ends of one network. They are files of several hosts, so this host is not
    /// asked about more than the files themselves.
    public static List<Finding> ofNetwork(List<CheckedFile> files, HostFacts host) {
        List<Finding> all = new ArrayList<>();
        for (CheckedFile file : files) {
            all.addAll(findings(file, host));
        }
        Report report = new Report();
        new NetworkCheck(files).run(report);
        all.addAll(report.findings());
        return sorted(files, all);
    }

    private static List<Finding> findings(CheckedFile file, HostFacts host) {
        Report report = new Report();
        for (Check check : OF_ONE) {
            check.run(file, host, report);
        }
        return report.findings();
    }

    /// In the order of the files and their lines, without what the files silence.
    private static List<Finding> sorted(List<CheckedFile> files, List<Finding> all) {
        List<Finding> sorted = new ArrayList<>(all.size());
        Map<String, List<Finding>> byFile = new HashMap<>();
        for (Finding finding : all) {
            byFile.computeIfAbsent(finding.place().file(), _ -> new ArrayList<>())
                    .add(finding);
        }
        for (CheckedFile file : files) {
            List<Finding> ofFile = byFile.remove(file.name());
            if (ofFile == null) {
                continue;
            }
            Ignores ignores = new Ignores(file.lines());
            ofFile.removeIf(ignores::silence);
            ofFile.sort(
                    Comparator.<Finding>comparingInt(finding -> finding.place().line())
                            .thenComparingInt(finding -> finding.place().column())
                            .thenComparing(Finding::code));
            sorted.addAll(ofFile);
        }
        return sorted;
    }
}
