// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.examples;

import io.wgj.it.NetNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A router, and machines on the three networks for documentation (RFC 5737): 192.0.2.0/24, 198.51.100.0/24 and
/// 203.0.113.0/24. Each machine has one of these networks to itself, with the router at `.1` as its default
/// gateway.
///
/// The router counts the pings that it forwards: encrypted packets are none, so a ping that should have taken a
/// tunnel and did not is seen there.
final class Internet implements AutoCloseable {
    private final NetNamespace router = NetNamespace.create();
    private final Map<String, Machine> machines = new LinkedHashMap<>();
    private final List<NetNamespace> namespaces = new ArrayList<>();

    Internet() {
        router.run("sysctl", "-qw", "net.ipv4.ip_forward=1").ok();
        nft("add table inet watch");
        nft("add chain inet watch forward { type filter hook forward priority 0; }");
    }

    /// A machine with these addresses of one network on its `eth0`.
    ///
    /// @param addresses each with its prefix length
    Machine join(String name, String... addresses) {
        NetNamespace namespace = newNamespace();
        String cable = "to-" + machines.size();
        router.run("ip", "link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", namespace.name())
                .ok();
        String network = addresses[0].substring(0, addresses[0].lastIndexOf('.'));
        router.run("ip", "address", "add", network + ".1/24", "dev", cable).ok();
        router.run("ip", "link", "set", cable, "up").ok();
        Machine machine = new Machine(name, namespace);
        for (String address : addresses) {
            machine.ip("address add " + address + " dev eth0");
        }
        machine.switchOn("eth0");
        machine.ip("route add default via " + network + ".1");
        machines.put(name, machine);
        return machine;
    }

    /// A machine in the network behind `gateway`, which forwards for it.
    Machine behind(Machine gateway, String name, String... addresses) {
        NetNamespace namespace = newNamespace();
        gateway.ip("link add lan type veth peer name eth0 netns " + namespace.name());
        gateway.switchOn("lan");
        // The kernel asks for the neighbours of packets that it forwards from a link-local address alone.
        gateway.ip("address add fe80::1/64 dev lan nodad");
        gateway.run("sysctl", "-qw", "net.ipv4.ip_forward=1", "net.ipv6.conf.all.forwarding=1")
                .ok();
        Machine machine = new Machine(name, namespace);
        machine.switchOn("eth0");
        for (String address : addresses) {
            boolean ipv6 = address.contains(":");
            char separator = ipv6 ? ':' : '.';
            String first = address.substring(0, address.lastIndexOf(separator) + 1) + "1";
            String length = address.substring(address.indexOf('/'));
            gateway.ip("address add " + first + length + " dev lan" + (ipv6 ? " nodad" : ""));
            machine.ip("address add " + address + " dev eth0" + (ipv6 ? " nodad" : ""));
            machine.ip((ipv6 ? "-6" : "-4") + " route add default via " + first);
        }
        machines.put(name, machine);
        return machine;
    }

    /// Counts, from now on, the pings to `address` that the router forwards.
    void watchPingsTo(String address) {
        nft("add rule inet watch forward ip daddr " + address + " icmp type echo-request counter");
    }

    /// How many pings to a watched address the router forwarded.
    long pings() {
        long sum = 0;
        for (String line : router.run("nft", "list", "table", "inet", "watch")
                .ok()
                .stdout()
                .lines()
                .toList()) {
            int at = line.indexOf("packets ");
            if (at >= 0) {
                sum += Long.parseLong(line.substring(at).split(" ", -1)[1]);
            }
        }
        return sum;
    }

    /// Loses, from now on, the packets from and to a UDP port.
    void cut(int port) {
        nft("add table inet cut");
        nft("add chain inet cut forward { type filter hook forward priority 0; }");
        nft("add rule inet cut forward udp dport " + port + " drop");
        nft("add rule inet cut forward udp sport " + port + " drop");
    }

    /// Loses nothing any more.
    void mend() {
        nft("delete table inet cut");
    }

    private NetNamespace newNamespace() {
        NetNamespace namespace = NetNamespace.create();
        namespaces.add(namespace);
        return namespace;
    }

    private void nft(String words) {
        router.run("nft", words).ok();
    }

    @Override
    public void close() {
        for (Machine machine : machines.values()) {
            machine.downAll();
        }
        namespaces.forEach(NetNamespace::close);
        router.close();
    }
}
