// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.monitor;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.time.Duration;

/// Two hosts on one cable, `near` and `far`, with a tunnel `wgmn` to `wgmf` that scripts bring up, and words for
/// scripts. All that a script leaves ends with it.
final class Scene {
    private static final String WORDS = """
            set -eu
            mount -t tmpfs tmpfs /mnt; cd /mnt
            near() { ip netns exec near "$@"; }
            far() { ip netns exec far "$@"; }
            for host in near far; do ip netns add $host; done
            ip -n near link add eth0 type veth peer name eth0 netns far
            ip -n near address add 192.0.2.1/24 dev eth0; ip -n far address add 192.0.2.2/24 dev eth0
            ip -n near address add 2001:db8::1/64 dev eth0 nodad; ip -n far address add 2001:db8::2/64 dev eth0 nodad
            for host in near far; do ip -n $host link set lo up; ip -n $host link set eth0 up; done
            a=$($root/wgj genkey); b=$($root/wgj genkey); A=$($root/wgj pubkey <<<"$a"); B=$($root/wgj pubkey <<<"$b")
            umask 077
            # file [LINE]...: the near end's file, with further lines of its peer.
            file() {
              printf '%s\\n' '[Interface]' "PrivateKey = $a" 'Address = 10.9.0.1/24' '# office' '[Peer]' "PublicKey = $B" \\
                'AllowedIPs = 10.9.0.2/32' "Endpoint = ${endpoint-192.0.2.2:51820}" "$@" >wgmn.conf
            }
            file 'PeerUp = echo "$WGJ_NAME $WGJ_STATE on %i" >>/mnt/ran' 'PeerDown = echo "$WGJ_NAME $WGJ_STATE on %i" >>/mnt/ran'
            printf '%s\\n' '[Interface]' "PrivateKey = $b" 'ListenPort = 51820' 'Address = 10.9.0.2/24' '[Peer]' \\
              "PublicKey = $A" 'AllowedIPs = 10.9.0.1/32' >wgmf.conf
            : >ran
            # wireguard-go at the far end: it starts in a tenth of an engine's time.
            up_far() { far env LOG_LEVEL=silent WG_QUICK_USERSPACE_IMPLEMENTATION=wireguard-go $root/wgj-quick up -q ./wgmf.conf; }
            # The tunnel comes up at both ends, and a packet crosses it.
            up() {
              near env WG_QUICK_USERSPACE_IMPLEMENTATION="$near_by" $root/wgj-quick up -q ./wgmn.conf
              up_far
              near ping -c 1 -w 10 10.9.0.2 >/dev/null
            }
            talk() { near ping -i 0.5 10.9.0.2 >/dev/null & }
            # cut HOST: no more packets of WireGuard come in at this host. mend HOST: they do again.
            cut() {
              ip netns exec $1 nft 'add table inet cut; add chain inet cut in { type filter hook input priority 0; };
                add rule inet cut in udp sport 0-65535 iifname eth0 drop'
            }
            mend() { ip netns exec $1 nft 'delete table inet cut'; }
            monitor() { ip netns exec near $root/wgj monitor "$@" >>log 2>&1 & monitor=$!; }
            # await WORDS LIMIT [COUNT]: until the log has them COUNT times; prints the seconds that it took.
            await() {
              local start=${EPOCHREALTIME/./} now
              until (($(grep -c -- "$1" log || true) >= ${3-1})); do
                now=${EPOCHREALTIME/./}
                if ((now - start > $2 * 1000000)); then echo "no $1 after $2 s"; cat log; exit 1; fi
                sleep 0.1
              done
              now=${EPOCHREALTIME/./}
              echo "$1 after $(((now - start) / 1000000)) s"
            }
            """;

    private Scene() {}

    /// Runs a script.
    ///
    /// @param nearBy the program of the near end's interface
    static Ran run(String nearBy, String script) {
        return Command.of(Product.root().resolve("it-tests/grounds/isolated"), "bash", "-c", WORDS + script)
                .env("root", Product.root().toString())
                .env("near_by", nearBy)
                .timeout(Duration.ofMinutes(4))
                .run()
                .ok();
    }
}
