// SPDX-License-Identifier: Apache-2.0
/// `wgj demo`: two ends of a tunnel in network namespaces of their own, brought up and down by `wgj-quick`. Start
/// from [Demo]. Everything it makes hangs on two threads of this process, so nothing is left however it ends.
@NullMarked
package io.wgj.cli.demo;

import org.jspecify.annotations.NullMarked;
