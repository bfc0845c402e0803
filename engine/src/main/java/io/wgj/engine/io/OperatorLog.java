// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Where the doors say what an operator should know: an offload that was switched off, and why.
@FunctionalInterface
public interface OperatorLog {
    OperatorLog NONE = _ -> {};

    /// Says each sentence once, however many doors and threads find the same.
    static OperatorLog once(OperatorLog behind) {
        Set<String> said = ConcurrentHashMap.newKeySet();
        return sentence -> {
            if (said.add(sentence)) {
                behind.report(sentence);
            }
        };
    }

    /// One sentence, without a line end. Called from any thread, seldom: never per packet.
    void report(String sentence);
}
