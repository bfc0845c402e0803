// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

/// The settings below `/proc/sys/net/ipv{4,6}/conf` of one device, or of `all`, that decide about routes.
///
/// @param forwarding of IPv4
/// @param rpFilter 0 off, 1 strict, 2 loose
/// @param srcValidMark whether the reverse-path filter looks with the packet's mark
/// @param ignoreLinkDown whether IPv4 routes over a link without carrier are passed over
/// @param routeLocalnet whether 127/8 may be routed
/// @param acceptLocal whether packets may come in with a source of this host
/// @param forwarding6 of IPv6
/// @param ignoreLinkDown6 the same for IPv6
/// @param useTempAddress 2 and more prefer temporary addresses
/// @param onlyOwnAddresses whether only the leaving device's own IPv6 addresses are chosen
public record DeviceSettings(
        boolean forwarding,
        int rpFilter,
        boolean srcValidMark,
        boolean ignoreLinkDown,
        boolean routeLocalnet,
        boolean acceptLocal,
        boolean forwarding6,
        boolean ignoreLinkDown6,
        int useTempAddress,
        boolean onlyOwnAddresses) {
    /// What a new kernel starts with.
    public static final DeviceSettings DEFAULT =
            new DeviceSettings(false, 0, false, false, false, false, false, false, 0, false);

    /// The same with another reverse-path filter.
    public DeviceSettings withRpFilter(int filter, boolean withMark) {
        return new DeviceSettings(
                forwarding,
                filter,
                withMark,
                ignoreLinkDown,
                routeLocalnet,
                acceptLocal,
                forwarding6,
                ignoreLinkDown6,
                useTempAddress,
                onlyOwnAddresses);
    }

    /// The same with forwarding of both families switched.
    public DeviceSettings withForwarding(boolean on) {
        return new DeviceSettings(
                on,
                rpFilter,
                srcValidMark,
                ignoreLinkDown,
                routeLocalnet,
                acceptLocal,
                on,
                ignoreLinkDown6,
                useTempAddress,
                onlyOwnAddresses);
    }
}
