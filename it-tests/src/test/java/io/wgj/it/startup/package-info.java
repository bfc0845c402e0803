// SPDX-License-Identifier: Apache-2.0
/// How the commands start: the launchers, and the class archives when they are not as they should be. Start from
/// [io.wgj.it.startup.LauncherTest]. Knows nothing of what the commands do.
@NullMarked
package io.wgj.it.startup;

import org.jspecify.annotations.NullMarked;
