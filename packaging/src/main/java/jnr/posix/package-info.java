// SPDX-License-Identifier: Apache-2.0
/// The two classes that jnr-unixsocket needs of jnr-posix, in its place in the image. Start from [Timeval].
@NullMarked
package jnr.posix;

import org.jspecify.annotations.NullMarked;
