// SPDX-License-Identifier: Apache-2.0
/// Tests of `wgj engine`'s words; its process is tested in `it-tests`.
@NullMarked
package io.wgj.cli.engine;

import org.jspecify.annotations.NullMarked;
