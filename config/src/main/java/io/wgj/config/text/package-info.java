// SPDX-License-Identifier: Apache-2.0
/// Text whose chars are bytes: files, arguments and names of devices come in any encoding and leave as they
/// came. Start from [Latin1], which makes such text; [Ascii] classifies its chars, [Printable] escapes it for
/// terminals and logs, [Misspelling] finds the word that was meant. Knows no other package.
@NullMarked
package io.wgj.config.text;

import org.jspecify.annotations.NullMarked;
