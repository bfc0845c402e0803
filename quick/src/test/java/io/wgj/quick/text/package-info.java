// SPDX-License-Identifier: Apache-2.0
/// Tests of what plans look like for people and for programs.
@NullMarked
package io.wgj.quick.text;

import org.jspecify.annotations.NullMarked;
