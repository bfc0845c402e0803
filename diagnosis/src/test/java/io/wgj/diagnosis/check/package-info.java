// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.wgj.diagnosis.check;

import org.jspecify.annotations.NullMarked;
