// SPDX-License-Identifier: Apache-2.0
/// The doors' tests, and the in-memory doors that other packages' tests use.
@NullMarked
package io.wgj.engine.io;

import org.jspecify.annotations.NullMarked;
