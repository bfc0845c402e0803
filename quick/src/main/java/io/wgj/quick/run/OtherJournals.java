// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.transport.NetlinkException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.JournalFile;
import io.wgj.quick.journal.JournalWriter;
import io.wgj.quick.journal.Journals;
import io.wgj.quick.model.FirewallTable;
import io.wgj.quick.model.NetSteps;
import io.wgj.quick.model.Step;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The journals of the namespace's other tunnels, which may need the same kernel setting. A journal that
/// cannot be read is reported once and skipped.
final class OtherJournals implements SystemInspector.OtherTunnels {
    private final Journals state;
    private final RouteNetlink netlink;
    private final ProgressListener listener;
    private final Set<InterfaceName> reported = new HashSet<>();

    OtherJournals(Journals state, RouteNetlink netlink, ProgressListener listener) {
        this.state = state;
        this.netlink = netlink;
        this.listener = listener;
    }

    /// Whether another tunnel than `except` has set `src_valid_mark` or needs it. An existing tunnel with an
    /// unreadable journal counts: a setting too many does less harm than a tunnel that gets no answers.
    @Override
    public boolean needSrcValidMark(InterfaceName except) throws JournalException {
        for (InterfaceName link : state.interfaces()) {
            if (!link.equals(except)) {
                try {
                    Optional<Journal> content = state.present(link);
                    if (content.isPresent() && needsSrcValidMark(content.get())) {
                        return true;
                    }
                } catch (JournalException e) {
                    report(link, e);
                    if (isThere(link)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void report(InterfaceName link, JournalException e) {
        if (reported.add(link)) {
            listener.remark("skipped the journal of another tunnel: " + e.getMessage());
        }
    }

    private boolean isThere(InterfaceName link) {
        try {
            return netlink.link(link.text()).isPresent();
        } catch (NetlinkException _) {
            return true;
        }
    }

    /// Hands a setting that other tunnels still need over to the first of them, which restores it when it
    /// goes down. The caller holds the namespace's lock, so that none of them goes down meanwhile.
    ///
    /// @param from the tunnel that goes down
    /// @param done its steps
    void handOver(InterfaceName from, List<Step> done) throws JournalException {
        for (Step.SetSysctl set : Step.select(NetSteps.of(done), Step.SetSysctl.class)) {
            if (!handOver(from, set)) {
                listener.remark("net.ipv4.conf.all.src_valid_mark stays 1: another tunnel may need it, and its journal"
                        + " cannot take note of it");
            }
        }
    }

    /// Whether one of them has recorded it.
    private boolean handOver(InterfaceName from, Step step) throws JournalException {
        for (InterfaceName link : state.interfaces()) {
            if (link.equals(from)) {
                continue;
            }
            try {
                Optional<Journal> content = state.present(link);
                if (content.isPresent() && needsSrcValidMark(content.get())) {
                    try (JournalFile file = state.file(link)) {
                        new JournalWriter(file, state.boot()).adopt(List.of(step));
                    }
                    return true;
                }
            } catch (JournalException e) {
                report(link, e);
            }
        }
        return false;
    }

    static boolean needsSrcValidMark(Journal content) {
        List<Step.Lasting> net = NetSteps.of(content.history());
        for (Step.InstallFirewall install : Step.select(net, Step.InstallFirewall.class)) {
            for (FirewallTable table : install.tables()) {
                if (table instanceof FirewallTable.MarkChains chains && chains.family() == IpFamily.V4) {
                    return true;
                }
            }
        }
        return Step.contains(net, Step.SetSysctl.class);
    }
}
