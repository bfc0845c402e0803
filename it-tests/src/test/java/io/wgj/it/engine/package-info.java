// SPDX-License-Identifier: Apache-2.0
/// The engine as users start it, in network namespaces. [EngineLaunchTest] is about its process, rights,
/// descriptors and signals, with an engine that moves nothing in the place of the real one; everything else
/// drives `wgj engine` as built: start from [InteropTest], where it talks to `wireguard-go` over a cable
/// ([Ends]). What the protocol asks for in detail is proved in the engine's own module.
@NullMarked
package io.wgj.it.engine;

import org.jspecify.annotations.NullMarked;
