// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

/// Why an engine has ended.
///
/// @param sentence for the log
/// @param failed true for an unexpected end; a supervisor should restart the process
public record EngineEnd(String sentence, boolean failed) {
    /// An end that was requested.
    public static EngineEnd wanted(String sentence) {
        return new EngineEnd(sentence, false);
    }

    /// An end by an internal error.
    public static EngineEnd failure(String sentence) {
        return new EngineEnd(sentence, true);
    }
}
