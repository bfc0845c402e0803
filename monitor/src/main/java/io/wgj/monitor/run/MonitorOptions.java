// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.net.DeviceName;
import java.io.PrintStream;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a monitor's process takes from its command line and its surroundings.
///
/// @param only the names of the interfaces to follow; empty for all
/// @param verbose whether handshakes are logged, too
/// @param out where the log goes
/// @param variables returns the value of an environment variable; null when unset
public record MonitorOptions(
        Set<DeviceName> only, boolean verbose, PrintStream out, Function<String, @Nullable String> variables) {
    public MonitorOptions {
        only = Set.copyOf(only);
    }

    /// All interfaces, logged to `out`.
    public static MonitorOptions of(
            List<String> names, boolean verbose, PrintStream out, Function<String, @Nullable String> variables) {
        return new MonitorOptions(Set.copyOf(names.stream().map(DeviceName::new).toList()), verbose, out, variables);
    }
}
