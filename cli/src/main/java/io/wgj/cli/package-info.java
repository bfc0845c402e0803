// SPDX-License-Identifier: Apache-2.0
/// The programs `wgj` and `wgj-quick` and their doubles `wg` and `wg-quick`: [Main] reads the words, [Programs]
/// picks who answers. Knows every command by name and nothing of what they do.
@NullMarked
package io.wgj.cli;

import org.jspecify.annotations.NullMarked;
