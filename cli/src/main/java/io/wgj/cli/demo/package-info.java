// SPDX-License-Identifier: Apache-2.0
/// `wgj demo`: two ends of a tunnel in network namespaces of their own, brought up and down by `wgj-quick`. Start
/// from [DemoCommand]. Everything it creates belongs to two threads of this process, so it leaves nothing behind.
@NullMarked
package io.wgj.cli.demo;

import org.jspecify.annotations.NullMarked;
