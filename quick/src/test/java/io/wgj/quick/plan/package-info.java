// SPDX-License-Identifier: Apache-2.0
/// Plans as tables: a file and a host in, commands out. [Host] and [QuickText] make the two; start from
/// `UpPlanTest`. Knows no host but made-up ones.
@NullMarked
package io.wgj.quick.plan;

import org.jspecify.annotations.NullMarked;
