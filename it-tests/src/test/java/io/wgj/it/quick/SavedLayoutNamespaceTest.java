// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Product;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What `wgj-quick` leaves of a file that people wrote, when it saves a running tunnel.
@Tag("namespace")
class SavedLayoutNamespaceTest {
    private static final String WGJ = "wgj() { '" + Product.root() + "/wgj' \"$@\"; }\n";

    private static final String FILE = """
            cat >/etc/wireguard/wg0.conf <<F
            # The office's server.

            [Interface] # wg0
              Address=10.9.0.1/24 # the tunnel's network
            PrivateKey = $PRIV
            listenport = 51820
            PostUp = echo "# not a comment"
            #SaveConfig

            # laptop
            [Peer]
            AllowedIPs = 10.9.0.2/32 ,10.8.0.0/16   # and its network
            PublicKey = $K1

            # the phone
            [Peer]
            Name = phone
            PublicKey=$K2
            AllowedIPs = 10.9.0.3/32
            F
            chmod 600 /etc/wireguard/wg0.conf; cp /etc/wireguard/wg0.conf before
            """;

    @Test
    void onlyChangedValuesChange() {
        Transcript transcript = World.run(Tool.OURS, WGJ + FILE + """
            run wgj-quick up wg0
            run wgj-quick save wg0; cmp before /etc/wireguard/wg0.conf && echo "-- unchanged"
            run wgj set wg0 listen-port 51821 peer laptop allowed-ips 10.9.0.2/32,10.7.0.0/16 peer phone remove
            wg set wg0 peer "$(echo "$K1" | wg pubkey)" allowed-ips 10.9.0.4/32
            run wgj-quick save wg0; echo "-- saved"; cat /etc/wireguard/wg0.conf
            echo "-- files"; ls -A /etc/wireguard; stat -c %a /etc/wireguard/wg0.conf
            echo "-- names"; wgj show wg0 peers --names
            run wgj-quick down wg0; run wgj-quick up wg0; run wgj-quick plan reload --check wg0
            """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0, 0, 0, 0);
        assertThat(transcript.lines()).contains("-- unchanged");
        assertThat(transcript.sections("saved").getFirst())
                .containsExactly(
                        "# The office's server.",
                        "",
                        "[Interface] # wg0",
                        "  Address=10.9.0.1/24 # the tunnel's network",
                        "PrivateKey = yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=",
                        "listenport = 51821",
                        "PostUp = echo \"# not a comment\"",
                        "#SaveConfig",
                        "",
                        "# laptop",
                        "[Peer]",
                        "AllowedIPs = 10.9.0.2/32, 10.7.0.0/16   # and its network",
                        "PublicKey = xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
                        "",
                        "[Peer]",
                        "PublicKey = +Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=",
                        "AllowedIPs = 10.9.0.4/32");
        assertThat(transcript.sections("files").getFirst()).containsSequence("wg0.conf", "600");
        assertThat(transcript.sections("names").getFirst())
                .startsWith("laptop", "+Jqdb9PFSoPelqcH4yXkIB9o5rH/KIKiUA7aHjoHwhg=");
    }

    @Test
    void saveConfigKeepsCommentsUnderOurNameAlone() {
        Transcript transcript = World.run(Tool.OURS, FILE + """
            sed -i 's/^#SaveConfig/SaveConfig = true/' /etc/wireguard/wg0.conf; cp /etc/wireguard/wg0.conf before
            run wgj-quick up wg0; wg set wg0 listen-port 7; run wgj-quick down wg0
            echo "-- ours"; diff before /etc/wireguard/wg0.conf || true
            run wgj-quick up wg0; run wg-quick down wg0
            echo "-- theirs"; cat /etc/wireguard/wg0.conf
            """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0, 0);
        assertThat(transcript.sections("ours").getFirst())
                .filteredOn(line -> line.startsWith("<") || line.startsWith(">"))
                .containsExactly("< listenport = 51820", "> listenport = 7");
        assertThat(transcript.sections("theirs").getFirst())
                .contains("[Interface]", "ListenPort = 7", "Name = phone")
                .noneMatch(line -> line.contains("laptop"));
    }

    /// A kill at any moment leaves one of the two files, whole.
    @Test
    @Tag("long")
    void aKilledSaveLeavesAWholeFile() {
        Transcript transcript = World.run(Tool.OURS, FILE + """
            run wgj-quick up wg0; wg set wg0 listen-port 7; cp /etc/wireguard/wg0.conf before
            run wgj-quick save wg0; cp /etc/wireguard/wg0.conf after
            for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
              cp before /etc/wireguard/wg0.conf
              wgj-quick save wg0 >/dev/null 2>&1 & pid=$!
              sleep "0.$((10 + i * 2))"; kill -9 $pid 2>/dev/null || true; wait $pid 2>/dev/null || true
              if cmp -s before /etc/wireguard/wg0.conf; then echo old
              elif cmp -s after /etc/wireguard/wg0.conf; then echo new
              else echo torn; fi
            done
            run wgj-quick save wg0; cmp after /etc/wireguard/wg0.conf && echo "-- saved"
            ls -A /etc/wireguard
            """);

        assertThat(transcript.exits()).containsExactly(0, 0, 0);
        assertThat(transcript.lines()).doesNotContain("torn").contains("-- saved", "wg0.conf");
        assertThat(transcript.lines()).doesNotContain("wg0.conf.tmp");
    }
}
