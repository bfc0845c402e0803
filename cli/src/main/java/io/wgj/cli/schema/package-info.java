// SPDX-License-Identifier: Apache-2.0
/// `wgj schema`: the published shapes of our JSON. Start from [SchemaCommand]. Knows no document.
@NullMarked
package io.wgj.cli.schema;

import org.jspecify.annotations.NullMarked;
