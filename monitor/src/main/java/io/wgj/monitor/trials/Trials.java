// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.trials;

import io.wgj.quick.run.OverdueTrials.Overdue;
import java.io.IOException;
import java.util.List;

/// The overdue runs of this host. A port: [TrialService] is tested without tunnels. Its methods may wait.
public interface Trials {
    /// The runs whose time has been over for so long that their own process must be gone.
    List<Overdue> find() throws IOException;

    /// Takes the tunnel of an `up` down, and undoes a `reload`.
    ///
    /// @return sentences about what happened; empty when another run was faster
    List<String> rollBack(Overdue overdue) throws IOException;
}
