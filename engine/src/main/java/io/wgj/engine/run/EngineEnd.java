// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

/// Why an engine has come to its end.
///
/// @param sentence for the log
/// @param failed whether nobody wanted it: whoever watches over the process is to start another
public record EngineEnd(String sentence, boolean failed) {
    /// An end that somebody has asked for.
    public static EngineEnd wanted(String sentence) {
        return new EngineEnd(sentence, false);
    }

    /// An end by a mistake of ours.
    public static EngineEnd failure(String sentence) {
        return new EngineEnd(sentence, true);
    }
}
