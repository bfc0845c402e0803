// SPDX-License-Identifier: Apache-2.0
/// Every native call of the product: files by raw byte paths, sockets, name look-ups, namespaces. Each type has one
/// idea; start from [NativeFile] to see the pattern, and from [Errno] for failures. Knows no protocol: not
/// netlink's, not WireGuard's. Strings that go to or come from the system hold one byte in each char
/// (ISO-8859-1).
@NullMarked
package io.wgj.netlink.sys;

import org.jspecify.annotations.NullMarked;
