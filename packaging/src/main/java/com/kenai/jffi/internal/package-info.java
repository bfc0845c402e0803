// SPDX-License-Identifier: Apache-2.0
/// One class of jffi's own, replaced in the image. Start from [Cleaner]. Knows nothing of ours.
@NullMarked
package com.kenai.jffi.internal;

import org.jspecify.annotations.NullMarked;
