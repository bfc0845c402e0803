// SPDX-License-Identifier: Apache-2.0
/// What configuration files say: [TunnelFile], parsed from wg's grammar ([WgConfigParser]) and wg-quick's
/// ([QuickConfigParser]), with the table of all keys ([Key], the type to start from) and the syntax of values
/// ([ValueSyntax]). All text is bytes, one a char (ISO-8859-1). It opens no file, resolves no name by itself, and
/// never puts a secret into a message.
@NullMarked
package io.wgj.config.file;

import org.jspecify.annotations.NullMarked;
