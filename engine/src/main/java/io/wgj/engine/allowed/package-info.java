// SPDX-License-Identifier: Apache-2.0
/// Allowed IPs: seam only, replaced by the tries.
@NullMarked
package io.wgj.engine.allowed;

import org.jspecify.annotations.NullMarked;
