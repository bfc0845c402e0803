// SPDX-License-Identifier: Apache-2.0
/// What configuration files say: wg's own grammar ([WgConfigParser], the type to start from, and [WgConfig]),
/// wg-quick's ([QuickConfigParser]), and the syntax of single values ([ValueSyntax]), which the words of
/// `wg set` share. All text is bytes, one a char (ISO-8859-1). Opens no file, asks no resolver of its own,
/// and never puts a secret into a message.
@NullMarked
package io.wgj.config.file;

import org.jspecify.annotations.NullMarked;
