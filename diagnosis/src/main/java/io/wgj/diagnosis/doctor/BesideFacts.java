// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

/// The answer of the endpoint's host to a datagram for a port beside WireGuard's.
///
/// @param port that was asked
/// @param closed whether the host said that nothing listens there
public record BesideFacts(int port, boolean closed) {}
