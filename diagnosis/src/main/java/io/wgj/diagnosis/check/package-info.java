// SPDX-License-Identifier: Apache-2.0
/// Finds the traps in configuration files that a parser cannot see. Each problem has a stable code. The package changes
/// nothing.
package io.wgj.diagnosis.check;
