// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.routes;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.RoutesOfPeer;
import io.wgj.quick.model.Step;
import io.wgj.quick.run.HostEnvironment;
import io.wgj.quick.run.PeerRouteRun;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.RunException;
import java.util.List;

/// The routes of this host's tunnels. A port: [RouteService] is tested without a host.
public interface PeerRoutes {
    /// Brings the routes of all peers of an interface to what is wanted, as [PeerRouteRun#run] does.
    PeerRouteRun.Result bring(InterfaceName link, int linkIndex, List<RoutesOfPeer> peers) throws RunException;

    /// A value that changes with the tunnel's journal.
    Object journalStamp(InterfaceName link) throws RunException;

    /// The routes of the calling thread's network namespace.
    static PeerRoutes linux() {
        PeerRouteRun run = new PeerRouteRun(new HostEnvironment(), new ProgressListener() {
            @Override
            public void steps(List<Step> steps) {}

            @Override
            public void line(String line) {}

            @Override
            public void remark(String sentence) {}
        });
        return new PeerRoutes() {
            @Override
            public PeerRouteRun.Result bring(InterfaceName link, int linkIndex, List<RoutesOfPeer> peers)
                    throws RunException {
                return run.run(link, linkIndex, peers);
            }

            @Override
            public Object journalStamp(InterfaceName link) throws RunException {
                return run.journalStamp(link);
            }
        };
    }
}
