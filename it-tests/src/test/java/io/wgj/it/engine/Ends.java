// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.net.IpFamily;
import java.util.List;

/// Both ends of a tunnel over a cable: wgj on one host, any [Software] on the other, each with an [Echo].
final class Ends implements AutoCloseable {
    static final int PORT_A = 51_820;
    static final int PORT_B = 51_821;
    /// Inner addresses.
    static final String A4 = "10.99.0.1";

    static final String B4 = "10.99.0.2";
    static final String A6 = "fd99::1";
    static final String B6 = "fd99::2";

    final Node a;
    final Node b;
    private final Host[] hosts;
    private final Echo[] echoes;

    Ends(Software other) throws Exception {
        hosts = Host.connected();
        a = new Node(Software.OURS, hosts[0], "wgita");
        Node second;
        try {
            second = new Node(other, hosts[1], "wgitb");
        } catch (Throwable e) {
            a.close();
            throw e;
        }
        b = second;
        echoes = new Echo[] {new Echo(hosts[0]), new Echo(hosts[1])};
        configure(a, 1420);
        configure(b, 1420);
    }

    /// The key, the addresses and the port of an end that has just started.
    void configure(Node end, int mtu) {
        end.set("listen-port " + (end == a ? PORT_A : PORT_B));
        end.configure(end == a ? 1 : 2, mtu);
    }

    /// Makes both ends peers of each other again. Only `first` knows the other's endpoint.
    void meet(Node first, IpFamily outside, String presharedKey) {
        know(other(first), presharedKey);
        know(first, presharedKey);
        setEndpoint(first, outside);
    }

    void meet(Node first) {
        meet(first, IpFamily.V4, "");
    }

    /// Forgets the other end and knows it again: the next packet begins a handshake.
    ///
    /// @param presharedKey base64; empty for none
    void know(Node end, String presharedKey) {
        Node other = other(end);
        end.set("peer " + other.publicKey() + " remove");
        end.set("peer " + other.publicKey() + " allowed-ips "
                + (end == a ? B4 + "/32," + B6 + "/128" : A4 + "/32," + A6 + "/128"));
        if (!presharedKey.isEmpty()) {
            setPresharedKey(end, presharedKey);
        }
    }

    void setPresharedKey(Node end, String presharedKey) {
        Node.tool()
                .with("set", end.name(), "peer", other(end).publicKey(), "preshared-key", "/dev/stdin")
                .stdin(presharedKey)
                .run()
                .ok();
    }

    void setEndpoint(Node end, IpFamily family) {
        String host = end == a ? "2" : "1";
        String address = family == IpFamily.V6 ? "[2001:db8::" + host + "]" : "192.0.2." + host;
        end.set("peer " + other(end).publicKey() + " endpoint " + address + ":" + (end == a ? PORT_B : PORT_A));
    }

    Node other(Node end) {
        return end == a ? b : a;
    }

    /// IPv4, then IPv6 crosses the tunnel from `end` and back.
    void mustReach(Node end) throws Exception {
        try {
            Echo.must(end.host(), end == a ? B4 : A4, 100);
            Echo.must(end.host(), end == a ? B6 : A6, 100);
        } catch (AssertionError silence) {
            throw new AssertionError(silence.getMessage() + "\n" + state(a) + state(b), silence);
        }
    }

    /// What explains a silence: the last lines of its log, and where its host believes neighbours to be.
    private static String state(Node node) {
        List<String> log = node.log().lines().toList();
        return node.software() + ":\n" + String.join("\n", log.subList(Math.max(0, log.size() - 40), log.size())) + "\n"
                + node.host().ip("neigh");
    }

    /// A meeting, and then TCP and UDP, IPv4 and IPv6, both ways: whole, in order, and with right checksums.
    ///
    /// @param bytes of each TCP connection
    void exchange(int bytes) throws Exception {
        meet(a);
        mustReach(a);
        for (boolean back : new boolean[] {false, true}) {
            Host from = (back ? b : a).host();
            Host to = (back ? a : b).host();
            for (String address : back ? new String[] {A4, A6} : new String[] {B4, B6}) {
                Transfer.run(from, to, address, bytes);
                Datagrams.run(from, to, address);
                // In fragments.
                Echo.must(from, address, 20_000);
            }
        }
        assertThat(a.host().checksumErrors()).isZero();
        assertThat(b.host().checksumErrors()).isZero();
        assertThat(a.stat("tx failures") + a.stat("rx failures")).isZero();
    }

    static String presharedKey() {
        return Node.wg("genpsk").ok().stdout().strip();
    }

    @Override
    public void close() {
        echoes[0].close();
        echoes[1].close();
        a.close();
        b.close();
        hosts[0].close();
        hosts[1].close();
    }
}
