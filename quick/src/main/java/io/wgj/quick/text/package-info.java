// SPDX-License-Identifier: Apache-2.0
/// Writes plans as text: [PlanRenderer], the type to start from, prints each step as the commands of ip(8),
/// wg(8) and nft(8) that do the same. It prints no keys. Knows the model and nothing of how plans are made or
/// run.
@NullMarked
package io.wgj.quick.text;

import org.jspecify.annotations.NullMarked;
