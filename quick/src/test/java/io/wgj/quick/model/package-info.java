// SPDX-License-Identifier: Apache-2.0
/// Tests of the steps, and samples of every kind of value for the tests of the other packages.
@NullMarked
package io.wgj.quick.model;

import org.jspecify.annotations.NullMarked;
