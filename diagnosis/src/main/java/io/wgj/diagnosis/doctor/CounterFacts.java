// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

/// How much the counters of this network namespace grew during the observation. They count the packets of all
/// programs.
///
/// @param rpFilter `TcpExt: IPReversePathFilter`
/// @param outNoRoutes `Ip: OutNoRoutes`
/// @param outDiscards `Ip: OutDiscards`
/// @param udpIn datagrams that a socket or the WireGuard module took, of the endpoint's family
public record CounterFacts(long rpFilter, long outNoRoutes, long outDiscards, long udpIn) {
    /// Nothing grew.
    public static final CounterFacts NONE = new CounterFacts(0, 0, 0, 0);
}
