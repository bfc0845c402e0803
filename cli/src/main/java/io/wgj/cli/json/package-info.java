// SPDX-License-Identifier: Apache-2.0
/// `show --json`: devices as JSON documents. Start from [JsonShow]. The one package that knows Jackson, and of it only
/// the streaming writer; never loaded without `--json`.
@NullMarked
package io.wgj.cli.json;

import org.jspecify.annotations.NullMarked;
