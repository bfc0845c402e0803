// SPDX-License-Identifier: Apache-2.0
/// Tests of plans: a file and a host in, commands out. [Host] and [QuickText] make the two. Start with
/// `UpPlanTest`.
@NullMarked
package io.wgj.quick.plan;

import org.jspecify.annotations.NullMarked;
