// SPDX-License-Identifier: Apache-2.0
/// Tests of the protocol over time. Start from [TunnelTest]: two devices on a network that a test can
/// listen to, lose packets on and stop the clock of ([AliceAndBob], [TestNetwork], [TestNode]); the classes
/// beside it say what becomes of a tunnel when something happens to it. Knows no sockets and no threads.
@NullMarked
package io.wgj.engine.core;

import org.jspecify.annotations.NullMarked;
