// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.device.DeviceUpdate;

/// A whole `set` request.
///
/// @param update what every device understands
/// @param options what only wgj's own engine understands
public record SetRequest(DeviceUpdate update, EngineOptions options) {}
