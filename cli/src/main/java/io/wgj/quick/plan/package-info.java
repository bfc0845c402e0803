// SPDX-License-Identifier: Apache-2.0
/// What `wgj-quick` is going to do, as data: [QuickPlanner], the type to start from, turns a file and a
/// [SystemSnapshot] into a [Plan] of reversible [Step]s; [PlanRenderer] writes them as commands. Knows the records of
/// route netlink but no connection, runs nothing, reads no file and asks no resolver.
@NullMarked
package io.wgj.quick.plan;

import org.jspecify.annotations.NullMarked;
