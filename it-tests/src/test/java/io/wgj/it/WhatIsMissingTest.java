// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What commands say of an interface that they cannot use, and the exit codes of `--json`. Neither depends on
/// whether the kernel has WireGuard: on a kernel without it, the original says `Protocol not supported` to all of
/// these.
@Tag("namespace")
@Tag("kernel")
@ExtendWith(NetNamespaces.class)
class WhatIsMissingTest {
    /// In a mount namespace of its own, so that other tests find the folder as it was.
    private static final String CLOSED_FOLDER =
            "mkdir -p /var/run/wireguard; mount -t tmpfs -o mode=700 tmpfs /var/run/wireguard; ";

    private static final String[] NOBODY = {"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"};

    @Test
    void aMissingInterface(NetNamespace namespace) {
        assertThat(explained(namespace, "nope")).isEqualTo("5 there is no such interface; ");
        assertThat(namespace.run(Product.wgj("set", "nope", "fwmark", "1")).stderr())
                .contains("wgj: cannot change nope: there is no such interface; ");
        assertThat(namespace
                        .run(Product.wgj("show", "nope", "--json").under(NOBODY))
                        .exit())
                .isEqualTo(5);
    }

    @Test
    void anInterfaceOfAnotherKind(NetNamespace namespace) {
        namespace
                .run("ip", "link", "add", "wgtveth0", "type", "veth", "peer", "name", "wgtveth1")
                .ok();
        namespace.run("ip", "tuntap", "add", "wgttun0", "mode", "tun").ok();
        assertThat(explained(namespace, "lo")).isEqualTo("1 the interface is not a WireGuard interface; ");
        assertThat(explained(namespace, "wgtveth0"))
                .isEqualTo("1 the interface is not a WireGuard interface (a veth interface); ");
        assertThat(explained(namespace, "wgttun0"))
                .isEqualTo("1 the interface is not a WireGuard interface (a TUN interface; no userspace implementation"
                        + " listens on /var/run/wireguard/wgttun0.sock); ");
        assertThat(namespace
                        .run(Product.wgj("show", "wgtveth0", "--json").under(NOBODY))
                        .exit())
                .isEqualTo(1);
    }

    @Test
    void aRightThatIsMissing(NetNamespace namespace) {
        namespace.run("ip", "tuntap", "add", "wgttun0", "mode", "tun").ok();
        Ran hidden = namespace.run(Command.of("unshare", "--mount", "sh", "-c", CLOSED_FOLDER + "exec \"$@\"", "sh")
                .with(NOBODY)
                .with(Product.root().resolve("wgj").toString(), "show", "wgttun0", "--json"));
        assertThat(hidden.exit()).isEqualTo(4);
        assertThat(hidden.stderr()).contains("\"code\":4", "run it as root");
    }

    /// The code of `--json`, and our explanation less its advice; the two ways to ask agree.
    private static String explained(NetNamespace namespace, String name) {
        Ran json = namespace.run(Product.wgj("show", name, "--json"));
        String start = "cannot read " + name + ": ";
        String advice = "`show interfaces' lists the WireGuard interfaces";
        String line = namespace
                .run(Product.wgj("show", name))
                .stderr()
                .lines()
                .toList()
                .getLast();
        assertThat(line).startsWith("wgj: " + start).endsWith(advice);
        String explanation = line.substring(("wgj: " + start).length(), line.length() - advice.length());
        assertThat(json.stderr()).contains("\"code\":" + json.exit() + ",\"message\":\"" + start + explanation);
        return json.exit() + " " + explanation;
    }
}
