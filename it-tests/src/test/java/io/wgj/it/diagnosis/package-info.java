// SPDX-License-Identifier: Apache-2.0
/// Faults of tunnels, staged between two ends, and what `wgj doctor` says of them.
package io.wgj.it.diagnosis;
