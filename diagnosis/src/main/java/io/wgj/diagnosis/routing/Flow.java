// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import org.jspecify.annotations.Nullable;

/// What rules and tables look at: the kernel's flow.
///
/// @param destination where the packet goes
/// @param source all zeros while it has none
/// @param hasSource whether it has one
/// @param mark 32 bits
/// @param input the device it came in by; `lo` for packets of this host
/// @param output the device that it must leave by; null for any
/// @param tos 0 to 255
/// @param protocol 0 for none
/// @param sourcePort 0 for none
/// @param destinationPort 0 for none
/// @param uid 32 bits unsigned
/// @param vrf the VRF that it belongs to; null for none
/// @param bound whether `output` was asked for, be it a VRF that no longer restricts devices
/// @param near the device whose IPv6 routes come first; null for none
/// @param strict whether IPv6 uses routes of no other device
record Flow(
        IpAddress destination,
        IpAddress source,
        boolean hasSource,
        int mark,
        String input,
        @Nullable String output,
        int tos,
        int protocol,
        int sourcePort,
        int destinationPort,
        int uid,
        @Nullable String vrf,
        boolean bound,
        @Nullable String near,
        boolean strict) {
    static final String LOOPBACK = "lo";

    /// The flow of a question.
    static Flow of(FlowQuestion question, int protocol, int uid) {
        return new Flow(
                question.destination(),
                question.source().orElse(IpAddress.unspecified(question.family())),
                question.source().isPresent(),
                question.mark(),
                question.iif().orElse(LOOPBACK),
                question.oif().orElse(null),
                question.tos(),
                protocol,
                question.sourcePort(),
                question.destinationPort(),
                uid,
                null,
                question.oif().isPresent(),
                null,
                false);
    }

    IpFamily family() {
        return destination.family();
    }

    /// The same with its VRF, as a look-up begins: `output` of a VRF no longer restricts devices.
    Flow inItsVrf(HostIndex host) {
        String found = vrf;
        String leaving = output;
        if (leaving != null) {
            found = found == null ? host.vrfOf(leaving) : found;
            leaving = host.isVrf(leaving) ? null : leaving;
        }
        if (found == null && !input.equals(LOOPBACK)) {
            found = host.vrfOf(input);
        }
        String first = input.equals(LOOPBACK) ? leaving : input;
        return new Flow(
                destination,
                source,
                hasSource,
                mark,
                input,
                leaving,
                tos,
                protocol,
                sourcePort,
                destinationPort,
                uid,
                found,
                output != null,
                first,
                strict);
    }

    /// The same, restricted to routes of one device.
    Flow onlyThrough(String device) {
        return new Flow(
                destination,
                source,
                hasSource,
                mark,
                input,
                output,
                tos,
                protocol,
                sourcePort,
                destinationPort,
                uid,
                vrf,
                bound,
                device,
                true);
    }

    Flow withStrict(boolean value) {
        return new Flow(
                destination,
                source,
                hasSource,
                mark,
                input,
                output,
                tos,
                protocol,
                sourcePort,
                destinationPort,
                uid,
                vrf,
                bound,
                near,
                value);
    }

    Flow towards(IpAddress other) {
        return new Flow(
                other,
                source,
                hasSource,
                mark,
                input,
                output,
                tos,
                protocol,
                sourcePort,
                destinationPort,
                uid,
                vrf,
                bound,
                near,
                strict);
    }

    Flow withoutPorts() {
        return new Flow(
                destination,
                source,
                hasSource,
                mark,
                input,
                output,
                tos,
                protocol,
                0,
                0,
                uid,
                vrf,
                bound,
                near,
                strict);
    }

    /// The packet that answers: addresses and ports swapped, as the reverse-path filter asks for it.
    ///
    /// @param newMark its mark
    /// @param comingInBy the device that the packet would leave by
    /// @param ofVrf the VRF of the device that it came in by
    /// @param withPorts whether protocol and ports count
    Flow reversed(int newMark, String comingInBy, @Nullable String ofVrf, boolean withPorts) {
        return new Flow(
                source,
                destination,
                true,
                newMark,
                comingInBy,
                null,
                tos,
                withPorts ? protocol : 0,
                withPorts ? destinationPort : 0,
                withPorts ? sourcePort : 0,
                0,
                ofVrf,
                false,
                null,
                false);
    }
}
