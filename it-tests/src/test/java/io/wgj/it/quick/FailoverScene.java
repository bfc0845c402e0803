// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import io.wgj.it.Product;
import java.time.Duration;

/// Two tunnels that lead to one destination with different metrics, and words to make the first far end stop
/// answering. Both are the kernel's where it has WireGuard.
final class FailoverScene {
    /// `scene WAY PROBE` brings `wg0` and `wg1` up and starts the monitor. `way` prints the link that packets to
    /// 10.50.0.1 take. `sever` and `mend` change what arrives at the first far end.
    private static final String WORDS = """
            await() {
              local i
              for ((i = 0; i < $1 * 10; i++)); do if eval "$2"; then return 0; fi; sleep .1; done
              echo "timed out: $2"; cat monitor.log; ip route; ip -6 route; wg show; exit 1
            }
            way() { { ip route get 10.50.0.1 2>/dev/null || true; } | sed -n 's/.* dev \\([^ ]*\\).*/\\1/p'; }
            watch() { "$root/wgj" monitor >>monitor.log 2>&1 & monitor=$!; }
            sever() {
              in_far nft add table inet cut
              in_far nft add chain inet cut input '{ type filter hook input priority 0; }'
              in_far nft add rule inet cut input udp dport 51820 drop
            }
            mend() { in_far nft delete table inet cut; }
            ups() { grep -c ": peer-up" monitor.log || true; }
            scene() {
              local n
              far_end v7 10.64.0.1/24
              ip address add 10.64.0.2/24 dev v7
              ip -n far address add 10.50.0.1/32 dev lo
              for n in 0 1; do
                (umask 077; wg genkey >far$n.key)
                ip -n far link add wgfar$n type wireguard 2>/dev/null || in_far wireguard-go wgfar$n 2>/dev/null
                in_far wg set wgfar$n listen-port 5182$n private-key far$n.key peer "$PUB" \\
                  allowed-ips 10.9.$n.1/32,fd09:$n::1/128
                for address in 10.9.$n.2/32 fd09:$n::2/128; do ip -n far address add $address dev wgfar$n; done
                ip -n far link set wgfar$n up
                ip -n far route add 10.9.$n.1/32 dev wgfar$n
                ip -n far route add fd09:$n::1/128 dev wgfar$n
                printf '%s\\n' '[Interface]' "PrivateKey = $PRIV" "Address = 10.9.$n.1/32, fd09:$n::1/128" 'Table = off' \\
                  "Route = 10.50.0.0/24 dev %i metric 10$n src 10.9.$n.1" "Route = 10.9.$n.2/32 dev %i" \\
                  "Route = -6 fd09:$n::2/128 dev %i" '[Peer]' "PublicKey = $(wg pubkey <far$n.key)" \\
                  "Endpoint = 10.64.0.1:5182$n" "AllowedIPs = 10.50.0.0/24, 10.9.$n.2/32, fd09:$n::2/128" \\
                  "Probe = ${2/N/$n} every 1s" 'WithdrawRoutesAfter = 5s' "WithdrawRoutes = $1" \\
                  'PeerUp = echo up %i >>/run/case/ran' 'PeerDown = echo down %i >>/run/case/ran' >/etc/wireguard/wg$n.conf
                chmod 600 /etc/wireguard/wg$n.conf
              done
              state; quick up wg0; quick up wg1
              watch
              await ${patience-30} '(($(ups) == 2))'
            }
            """;

    private FailoverScene() {}

    /// Runs a script with these words in a [World] of its own.
    static Transcript run(String script) {
        return World.run(Tool.OURS, whole(script));
    }

    /// The same with another limit of time.
    static Transcript run(String script, Duration patience) {
        return World.run(Tool.OURS, whole(script), patience);
    }

    private static String whole(String script) {
        return "root='" + Product.root() + "'\n" + WORDS + script;
    }
}
