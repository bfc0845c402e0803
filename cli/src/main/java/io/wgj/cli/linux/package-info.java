// SPDX-License-Identifier: Apache-2.0
/// The machine the program runs on, behind the interfaces of `host`: start from [LinuxHost]. Loads native code,
/// netlink and sockets only when a command asks for them. Knows no command.
@NullMarked
package io.wgj.cli.linux;

import org.jspecify.annotations.NullMarked;
