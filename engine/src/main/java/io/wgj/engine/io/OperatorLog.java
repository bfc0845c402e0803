// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes what the operator should know, for example that an offload was switched off and why.
@FunctionalInterface
public interface OperatorLog {
    OperatorLog NONE = _ -> {};

    /// Reports each sentence once, however many threads report it.
    static OperatorLog once(OperatorLog behind) {
        Set<String> said = ConcurrentHashMap.newKeySet();
        return sentence -> {
            if (said.add(sentence)) {
                behind.report(sentence);
            }
        };
    }

    /// Reports one sentence, without a line end. Any thread calls it, seldom: never per packet.
    void report(String sentence);
}
