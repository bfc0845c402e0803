// SPDX-License-Identifier: Apache-2.0
/// Decides why a tunnel does not work. Observations go in and a verdict with its evidence comes out. The package knows
/// no command.
package io.wgj.diagnosis.doctor;
