// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import java.util.List;
import java.util.Optional;

/// What became of a file in wg's format.
///
/// @param config present when there is no problem
/// @param problems all of them, the one that wg stops at first
/// @param warnings what wg prints before it stops or is done, a line each
/// @param advice our own remarks, in the order of the file
public record ParsedWg(Optional<WgConfig> config, List<Problem> problems, List<String> warnings, List<Advice> advice) {
    public ParsedWg {
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
        advice = List.copyOf(advice);
    }
}
