// SPDX-License-Identifier: Apache-2.0
/// What the tests of this module share.
@NullMarked
package io.wgj.config;

import org.jspecify.annotations.NullMarked;
