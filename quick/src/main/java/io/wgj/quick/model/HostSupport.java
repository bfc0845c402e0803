// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import java.util.Optional;

/// What the host is able to do.
///
/// @param kernelWireGuard whether the kernel has WireGuard links, once its module is loaded
/// @param userspace the program to fall back to, or [#OWN_ENGINE]; empty when there is none
/// @param nftables whether the kernel has it
/// @param dnsTool the program that registers name servers; empty when there is none
/// @param dnsPrefix what resolvconf wants before an interface's name (`tun.`); often empty
/// @param usesOwnEngine whether the tunnel will run, or runs, in our own engine, which filters and chooses
///     source addresses itself
public record HostSupport(
        boolean kernelWireGuard,
        Optional<String> userspace,
        boolean nftables,
        Optional<DnsSetup.Tool> dnsTool,
        String dnsPrefix,
        boolean usesOwnEngine) {
    /// Our own engine, in [#userspace].
    public static final String OWN_ENGINE = "wgj engine";

    /// The environment variable with the program to fall back to.
    public static final String IMPLEMENTATION = "WG_QUICK_USERSPACE_IMPLEMENTATION";

    /// The environment variable that asks for our own engine by `1`.
    public static final String WISH = "WGJ_QUICK_ENGINE";

    /// The same host with resolvconf.
    HostSupport withResolvconf() {
        return new HostSupport(
                kernelWireGuard, userspace, nftables, Optional.of(DnsSetup.Tool.RESOLVCONF), "", usesOwnEngine);
    }

    /// The same host for a tunnel that exists.
    public HostSupport withOwnEngine(boolean own) {
        return new HostSupport(kernelWireGuard, userspace, nftables, dnsTool, dnsPrefix, own);
    }

    /// The same host without nftables.
    public HostSupport withoutNftables() {
        return new HostSupport(kernelWireGuard, userspace, false, dnsTool, dnsPrefix, usesOwnEngine);
    }

    /// For a tunnel that does not exist yet.
    public HostSupport(
            boolean kernelWireGuard,
            Optional<String> userspace,
            boolean nftables,
            Optional<DnsSetup.Tool> dnsTool,
            String dnsPrefix) {
        this(
                kernelWireGuard,
                userspace,
                nftables,
                dnsTool,
                dnsPrefix,
                !kernelWireGuard && userspace.isPresent() && userspace.get().equals(OWN_ENGINE));
    }
}
