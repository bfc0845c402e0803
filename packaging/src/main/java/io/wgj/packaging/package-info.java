// SPDX-License-Identifier: Apache-2.0
/// What the build of the image runs inside the finished jar. Start from [Training]. Knows the commands by their
/// entry points and nothing of what they do.
@NullMarked
package io.wgj.packaging;

import org.jspecify.annotations.NullMarked;
