// SPDX-License-Identifier: Apache-2.0
/// The built packages in small Debian systems without Java. Start from [io.wgj.it.packages.InstalledTest];
/// [io.wgj.it.packages.Debian] is such a system. Knows nothing of how packages are built: `./package` did that.
@NullMarked
package io.wgj.it.packages;

import org.jspecify.annotations.NullMarked;
