// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.diagnosis;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.time.Duration;

/// Two hosts on one cable with a tunnel `wgdn` to `wgdf`, one fault, and the doctor at the near end. All that a
/// scene leaves ends with it.
final class DoctorScene {
    private static final String SCRIPT = """
        set -eu
        mount -t tmpfs tmpfs /mnt; cd /mnt; umask 077
        near() { ip netns exec near "$@"; }
        far() { ip netns exec far "$@"; }
        # The outer network has the family that the fault's name ends in; IPv4 without a number.
        six=''; if [[ $fault == *6 ]]; then six=yes fault=${fault%6}; fi
        if [[ $six ]]; then net=fd0a::/64 a0=fd0a::1 b0=fd0a::2 none=fd0a::3; else net=10.0.0.0/24 a0=10.0.0.1 b0=10.0.0.2 none=10.0.0.3; fi
        port() { if [[ $six ]]; then echo "[$1]:$2"; else echo "$1:$2"; fi; }
        for host in near far; do ip netns add $host; done
        ip -n near link add eth0 type veth peer name eth0 netns far
        ip -n near address add $a0/${net#*/} dev eth0 ${six:+nodad}
        ip -n far address add $b0/${net#*/} dev eth0 ${six:+nodad}
        for host in near far; do ip -n $host link set lo up; ip -n $host link set eth0 up; done
        a=MIfzr3/5a3Jh47Lyfx/DMLJoP5ULKXSSDNM5VY071EI= A=bfKLy5ViHh1kI1nCmjRz4MekZ3Q6pTP91SfsBB7R7wQ=
        b=gLf15VhvnL1HIhlBICG216G1ibc7QmgBBULKe2V192g= B=JQF28TnhGzoVEVLLz+Liow3nV6Fgc4HKUI20KmuiUzs=
        C=V5sCFy1mY2gVK4XJDovHP4YYPFOsV63hTPcDFemK3DI=
        start() {
          if [[ $backend == kernel ]]; then ip -n $1 link add $2 type wireguard; return; fi
          LOG_LEVEL=error ip netns exec $1 $root/wgj engine -f $2 >$2.log 2>&1 &
        }
        start near wgdn; start far wgdf
        if [[ $backend != kernel ]]; then
          for ((i = 0; i < 600; i++)); do
            if [[ -S /run/wireguard/wgdn.sock && -S /run/wireguard/wgdf.sock ]]; then break; fi
            sleep 0.1
          done
        fi
        endpoint=$(port $b0 51820) allowed=10.9.0.2/32 peer=$B key="PrivateKey = $a" mark='' psk='' far_psk=''
        far_peer=$A far_allowed=10.9.0.1/32 options='' word=''
        case $fault in
          no_private_key) key='' ;;
          peer_is_self) peer=$A word=$A ;;
          no_endpoint) endpoint='' ;;
          no_allowed_ip) allowed=10.9.9.9/32 ;;
          endpoint_is_self) endpoint=$(port $a0 51820) ;;
          wrong_port) endpoint=$(port $b0 51821) ;;
          psk_differs) psk="PresharedKey = $a"; far_psk="PresharedKey = $b" ;;
          rp_filter) mark='FwMark = 0x99' ;;
          key_unknown_there) far_peer=$C ;;
          wrong_public_key) peer=$C ;;
          loop) allowed=10.9.0.2/32,$net ;;
          moved) endpoint=$(port $none 51820) ;;
          far_allowed_ips) far_allowed=10.9.0.7/32 ;;
        esac
        printf '%s\\n' '[Interface]' "$key" 'ListenPort = 51820' "$mark" '[Peer]' "PublicKey = $peer" \\
          "AllowedIPs = $allowed" ${endpoint:+"Endpoint = $endpoint"} "$psk" >near.conf
        printf '%s\\n' '[Interface]' "PrivateKey = $b" 'ListenPort = 51820' '[Peer]' "PublicKey = $far_peer" \\
          "AllowedIPs = $far_allowed" "$far_psk" >far.conf
        near $root/wgj setconf wgdn near.conf; far $root/wgj setconf wgdf far.conf
        ip -n near address add 10.9.0.1/24 dev wgdn; ip -n near link set wgdn up
        ip -n far address add 10.9.0.2/24 dev wgdf; ip -n far link set wgdf up
        drop() {
          ip netns exec $1 nft "add table inet t; add chain inet t c { type filter hook $2 priority 0; }
            add rule inet t c $3"
        }
        case $fault in
          idle) options=--passive ;;
          link_down) ip -n near link set wgdn down ;;
          no_allowed_ip)
            (while sleep 0.5; do near ping -c 1 -W 1 10.9.0.2 >/dev/null 2>&1 || true; done) &
            options=--passive ;;
          no_route) ip -n near route del $net dev eth0 ;;
          blackhole) ip -n near route add blackhole $b0 ;;
          prohibited) ip -n near route add prohibit $b0 ;;
          near_output_drops) drop near output 'udp dport 51820 counter drop' ;;
          near_output_drops_uncounted) drop near output 'udp dport 51820 drop' ;;
          near_input_drops) drop near input 'udp sport 51820 counter drop' ;;
          near_input_drops_uncounted) drop near input 'udp sport 51820 drop' ;;
          loop) ip -n near route add $b0 dev wgdn ;;
          host_gone) ip -n far address flush dev eth0 ;;
          port_closed) ip -n far link set wgdf down ;;
          far_rejects) drop far input 'udp dport 51820 reject with icmpx admin-prohibited' ;;
          far_drops) drop far input 'udp dport 51820 drop' ;;
          far_output_drops) drop far output 'udp sport 51820 drop' ;;
          rp_filter)
            near sysctl -qw net.ipv4.conf.all.rp_filter=1; ip -n near rule add not fwmark 0x99 table 77 pref 5
            ip -n near route add default dev wgdn table 77
            ip -n near rule add pref 4 table local; ip -n near rule del pref 0 ;;
          mtu_outside) ip -n far link set eth0 mtu 1400 ;;
          mtu_inside) drop far input 'iifname wgdf ip length > 1300 drop' ;;
          moved)
            # Only this mount namespace sees these.
            mkdir -p upper/wireguard work; echo "$b0 far.test" >upper/hosts
            sed 's/^Endpoint.*/Endpoint = far.test:51820/' near.conf >upper/wireguard/wgdn.conf
            mount -t overlay overlay -o lowerdir=/etc,upperdir=/mnt/upper,workdir=/mnt/work /etc ;;
          near_inner_drops) drop near input 'iifname wgdn counter drop' ;;
          far_inner_drops) drop far input 'ip protocol icmp drop' ;;
        esac
        # A new engine warms up over the loopback, whose datagrams would be counted as arrivals.
        datagrams() { near awk '/^Udp6?: [0-9]|^Udp6InDatagrams/ { print $2 }' /proc/net/snmp /proc/net/snmp6; }
        before='' now=$(datagrams)
        for ((i = 0; i < 40; i++)); do
          if [[ $now == "$before" ]]; then break; fi
          sleep 0.5; before=$now now=$(datagrams)
        done
        near $root/wgj doctor wgdn $word $options --json || [[ $? == 10 ]]
        """;

    private DoctorScene() {}

    /// Stages a fault; the doctor's document.
    ///
    /// @param backend `engine` or `kernel`, at both ends
    static Ran run(String fault, String backend) {
        return Command.of(Product.root().resolve("it-tests/grounds/isolated"), "bash", "-c", SCRIPT)
                .env("root", Product.root().toString())
                .env("fault", fault)
                .env("backend", backend)
                .timeout(Duration.ofMinutes(3))
                .run();
    }
}
