// SPDX-License-Identifier: Apache-2.0
/// Every native call of the product: files by raw byte paths, sockets, name look-ups, namespaces, processes.
/// Start from [NativeFile] to see the pattern, and from [Errno] for failures. Knows no protocol, neither
/// netlink's nor WireGuard's; text that the system gives or takes is a byte a char
/// ([io.wgj.config.text.Latin1]).
@NullMarked
package io.wgj.netlink.sys;

import org.jspecify.annotations.NullMarked;
