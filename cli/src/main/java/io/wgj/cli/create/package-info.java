// SPDX-License-Identifier: Apache-2.0
/// `wgj new`: the files of a server and its clients, or of several sites. Start from [NewCommand]; [NewFiles]
/// writes all files or none.
@NullMarked
package io.wgj.cli.create;

import org.jspecify.annotations.NullMarked;
