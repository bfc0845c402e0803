// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.cli.qr;

import org.jspecify.annotations.NullMarked;
