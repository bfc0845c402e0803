// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.net.InterfaceName;
import java.util.OptionalInt;

/// What an engine is started with.
///
/// @param name of the interface to make; with `tunDescriptor`, of the one that is there
/// @param tunDescriptor a TUN device that whoever started the process has opened and attached; it becomes the
///     engine's
/// @param log where to tell about it
public record EngineConfig(InterfaceName name, OptionalInt tunDescriptor, EngineLog log) {}
