// SPDX-License-Identifier: Apache-2.0
/// JSON documents: devices, plans, results and failures. Start from [DeviceJson]. The one package that knows Jackson, and of
/// it only the streaming writer; never loaded without `--json`. It knows no command.
@NullMarked
package io.wgj.cli.json;

import org.jspecify.annotations.NullMarked;
