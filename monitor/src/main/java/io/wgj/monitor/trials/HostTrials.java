// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.trials;

import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.HostEnvironment;
import io.wgj.quick.run.OverdueTrials;
import io.wgj.quick.run.OverdueTrials.Overdue;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// The overdue runs of the calling thread's network namespace.
public final class HostTrials implements Trials {
    /// The run's own process rolls back within milliseconds, unless the host is slow.
    private static final long GRACE_MILLIS = 3_000;

    private final List<String> said = new ArrayList<>();
    private final OverdueTrials trials = new OverdueTrials(new HostEnvironment(), new ProgressListener() {
        @Override
        public void steps(List<Step> steps) {}

        @Override
        public void line(String line) {
            said.add(line);
        }

        @Override
        public void remark(String sentence) {
            said.add(sentence);
        }
    });

    @Override
    public List<Overdue> find() throws IOException {
        try {
            return trials.find(GRACE_MILLIS);
        } catch (RunException failure) {
            throw new IOException(failure.getMessage(), failure);
        }
    }

    @Override
    public List<String> rollBack(Overdue overdue) throws IOException {
        said.clear();
        try {
            if (!trials.rollBack(overdue, request(overdue))) {
                return List.of();
            }
            List<String> sentences = new ArrayList<>(said);
            sentences.addFirst((overdue.reload() ? "`reload" : "`up")
                    + " --confirm' was not confirmed in time, and its process is gone: rolled back");
            return sentences;
        } catch (PlanException | RunException failure) {
            said.add(String.valueOf(failure.getMessage()));
            throw new IOException(String.join("; ", said), failure);
        }
    }

    /// The tunnel with the hooks of its file, as far as the file can be read.
    private static TunnelRequest request(Overdue overdue) {
        InterfaceName link = overdue.link();
        String path = overdue.configFile();
        String text = "[Interface]\n";
        try {
            text = path.isEmpty() ? text : Latin1.of(NativeFile.readAll(path));
        } catch (SystemException _) {
            // The journal alone says what to undo.
            path = "";
        }
        Tunnel tunnel = new Tunnel(
                link,
                QuickConfigParser.parse(QuickFile.of(link + ".conf", text)).readable());
        return new TunnelRequest(tunnel, path, new TunnelRequest.NoConfiguration(), _ -> {
            throw new RunException(1, "SaveConfig is skipped: an `up' that was not confirmed is not saved");
        });
    }
}
