// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.net.InterfaceName;
import java.util.OptionalInt;

/// The settings that an engine is started with.
///
/// @param name of the interface to create; with `tunDescriptor`, of the existing one
/// @param tunDescriptor a TUN device that the starting process has opened and attached; the engine takes
///     ownership
/// @param log takes log lines
public record EngineConfig(InterfaceName name, OptionalInt tunDescriptor, EngineLog log) {}
