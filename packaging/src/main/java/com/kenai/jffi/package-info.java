// SPDX-License-Identifier: Apache-2.0
/// One class of jffi, replaced in the image. Start from [Init].
@NullMarked
package com.kenai.jffi;

import org.jspecify.annotations.NullMarked;
