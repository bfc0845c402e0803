// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.netlink.sys.Capabilities;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Drops privileges of a long-lived process. The launcher starts it with no more than it needs where the system
/// allows that; otherwise the process drops the others here. Dropping works for a single thread only, and a JVM
/// has many. So the thread that has dropped them executes the same program again.
public final class Privileges {
    private static final String MARK = "WGJ_DROPPED=1";

    private Privileges() {}

    /// Returns when all threads of the process have no more capabilities than `kept`; it may execute the program
    /// again for that.
    ///
    /// @param kept bits of [Capabilities]
    /// @param log takes a sentence when privileges could not be dropped
    public static void keepOnly(long kept, Consumer<String> log) {
        try {
            if ((Capabilities.effective() & ~kept) == 0) {
                return;
            }
            List<String> variables = new ArrayList<>(ProgramImage.environment());
            if (variables.contains(MARK)) {
                log.accept("The process keeps more privileges than it needs: the system restored them");
                return;
            }
            variables.add(MARK);
            List<String> words = ProgramImage.words();
            Capabilities.keepOnly(kept);
            ProgramImage.become("/proc/self/exe", words, variables);
        } catch (SystemException e) {
            log.accept("The process keeps more privileges than it needs: " + e.getMessage());
        }
    }
}
