// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.host.FileException;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import java.util.List;

/// Notes when this machine does not forward packets, which a server or a router has to do.
final class Forwarding {
    private Forwarding() {}

    /// @param networks whose packets are to be forwarded; only their families count
    static void check(Invocation invocation, List<IpPrefix> networks) {
        for (IpFamily family : IpFamily.values()) {
            boolean needed = false;
            for (IpPrefix network : networks) {
                needed |= network.family() == family;
            }
            String name = family == IpFamily.V4 ? "net.ipv4.ip_forward" : "net.ipv6.conf.all.forwarding";
            if (needed && isOff(invocation, name)) {
                invocation.note("new: this machine forwards no " + family + " packets, which the server or router must"
                        + " do; if this is the one: `sysctl -w " + name + "=1' now, `echo " + name
                        + "=1 >/etc/sysctl.d/60-wgj" + (family == IpFamily.V4 ? "" : "6") + ".conf' for every boot");
            }
        }
    }

    private static boolean isOff(Invocation invocation, String name) {
        try {
            return ConfFile.text(invocation.host(), "/proc/sys/" + name.replace('.', '/'))
                    .strip()
                    .equals("0");
        } catch (FileException _) {
            // Without /proc nothing is known.
            return false;
        }
    }
}
