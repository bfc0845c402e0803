// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.engine.run.EngineLog.Level;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What an engine's process takes from its environment. The names are wireguard-go's, except those with
/// `WGJ_`.
///
/// @param level `LOG_LEVEL`
/// @param tunDescriptor `WG_TUN_FD`
/// @param socketDescriptor `WG_UAPI_FD`
/// @param readyDescriptor `WGJ_READY_FD`, where a launcher waits until the socket answers; when set, the
///     process is a daemon
/// @param lowPorts `WGJ_ENGINE_LOW_PORTS=1`: keeps the right to bind to ports below 1024
public record EngineEnvironment(
        Level level,
        OptionalInt tunDescriptor,
        OptionalInt socketDescriptor,
        OptionalInt readyDescriptor,
        boolean lowPorts) {
    /// The variable with [#readyDescriptor].
    public static final String READY_DESCRIPTOR = "WGJ_READY_FD";

    private static final int MOST = 1 << 20;

    /// Reads the environment.
    ///
    /// @param variables returns the value of a variable; null when unset
    /// @throws StartFailure for a descriptor that is not a number
    public static EngineEnvironment of(Function<String, @Nullable String> variables) throws StartFailure {
        return new EngineEnvironment(
                Level.of(text(variables, "LOG_LEVEL")),
                descriptor(variables, "WG_TUN_FD"),
                descriptor(variables, "WG_UAPI_FD"),
                descriptor(variables, READY_DESCRIPTOR),
                text(variables, "WGJ_ENGINE_LOW_PORTS").equals("1"));
    }

    /// The descriptors that the environment names.
    Set<Integer> descriptors() {
        Set<Integer> descriptors = new HashSet<>();
        tunDescriptor.ifPresent(descriptors::add);
        socketDescriptor.ifPresent(descriptors::add);
        readyDescriptor.ifPresent(descriptors::add);
        return descriptors;
    }

    private static String text(Function<String, @Nullable String> variables, String name) {
        String value = variables.apply(name);
        return value == null ? "" : value;
    }

    private static OptionalInt descriptor(Function<String, @Nullable String> variables, String name)
            throws StartFailure {
        String text = text(variables, name);
        if (text.isEmpty()) {
            return OptionalInt.empty();
        }
        try {
            int descriptor = Integer.parseUnsignedInt(text);
            if (descriptor >= 0 && descriptor < MOST) {
                return OptionalInt.of(descriptor);
            }
        } catch (NumberFormatException _) {
            // The sentence below covers this case, too.
        }
        throw new StartFailure(name + ": not the number of a descriptor");
    }
}
