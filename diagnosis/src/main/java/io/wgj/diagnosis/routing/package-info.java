// SPDX-License-Identifier: Apache-2.0
/// Looks up routes as the kernel does: rules, tables, next hops, source addresses and reverse-path filters. Start
/// with `HostSnapshot`, which holds everything that a look-up needs. This package never asks the system.
@NullMarked
package io.wgj.diagnosis.routing;

import org.jspecify.annotations.NullMarked;
