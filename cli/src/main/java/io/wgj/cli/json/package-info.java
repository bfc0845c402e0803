// SPDX-License-Identifier: Apache-2.0
/// JSON documents: devices, plans, results and failures. Start from [DeviceJson]. The one package that knows
/// Jackson, and only its streaming writer. It is never loaded without `--json`, and knows no command.
@NullMarked
package io.wgj.cli.json;

import org.jspecify.annotations.NullMarked;
