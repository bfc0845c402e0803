// SPDX-License-Identifier: Apache-2.0
/// The engine as users start it: its process, rights, descriptors, signals. Start from [EngineLaunchTest], which puts
/// an
/// engine that moves nothing in the place of the real one. Knows nothing of the protocol.
@NullMarked
package io.wgj.it.engine;

import org.jspecify.annotations.NullMarked;
