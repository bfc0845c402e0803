// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.netlink.sys.Capabilities;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.List;

/// Drops privileges. An engine needs only `CAP_NET_ADMIN`. The launcher starts it with no other where the
/// system allows that; otherwise the process drops the others here. Dropping works for a single thread only,
/// and a JVM has many. So the thread that has dropped them executes the same program again.
final class Privileges {
    private static final String MARK = "WGJ_DROPPED=1";

    private Privileges() {}

    /// Returns when all threads of the process have no more privileges than they need; it may execute the
    /// program again for that.
    static void drop(EngineEnvironment environment, EngineLog log) {
        long kept = Capabilities.CAP_NET_ADMIN | (environment.lowPorts() ? Capabilities.CAP_NET_BIND_SERVICE : 0);
        try {
            if ((Capabilities.effective() & ~kept) == 0) {
                return;
            }
            List<String> variables = new ArrayList<>(ProgramImage.environment());
            if (variables.contains(MARK)) {
                log.error("The process keeps more privileges than it needs: the system restored them");
                return;
            }
            variables.add(MARK);
            List<String> words = ProgramImage.words();
            Capabilities.keepOnly(kept);
            ProgramImage.become("/proc/self/exe", words, variables);
        } catch (SystemException e) {
            log.error("The process keeps more privileges than it needs: " + e.getMessage());
        }
    }
}
