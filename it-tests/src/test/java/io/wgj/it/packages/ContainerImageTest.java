// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The container image, in a Docker engine of its own.
@Tag("package")
@Tag("long")
class ContainerImageTest {
    /// The exit code of `grounds/containers` where no engine can run.
    private static final int CANNOT = 125;

    @TempDir
    Path folder;

    /// One right, one device, nothing to write but `/run`. `docker stop` sends TERM, and kills ten seconds later.
    @Test
    void aTunnelNeedsOneRightOneDeviceAndNoFileToWrite() throws IOException {
        Printed printed = Printed.of(docker("""
                docker load -q -i "$dist"/wgj_*.image.tar
                mkdir "$work/wireguard"
                chmod 700 "$work/wireguard"
                key=$(docker run --rm wgj genkey)
                (umask 077; printf '%s\\n' '[Interface]' "PrivateKey = $key" 'Address = 10.9.0.1/24' \\
                  '[Peer]' "PublicKey = $(docker run --rm wgj genkey | docker run --rm -i wgj pubkey)" 'AllowedIPs = 10.9.0.0/24' \\
                  'Endpoint = 192.0.2.1:51820' >"$work/wireguard/wg0.conf")
                tunnel() { docker run "$@" -v "$work/wireguard:/etc/wireguard:ro" wgj up wg0 2>&1; }
                section up
                id=$(tunnel -d --cap-drop ALL --cap-add NET_ADMIN --device /dev/net/tun --read-only --tmpfs /run)
                for _ in {1..100}; do
                  ! docker exec "$id" wgj show wg0 allowed-ips 2>/dev/null | cut -f 2 | grep . || break
                  sleep 0.2
                done
                section stopped
                begun=$SECONDS
                docker stop -t 10 "$id" >/dev/null
                echo "$((SECONDS - begun < 8)) $(docker inspect -f '{{.State.ExitCode}}' "$id")"
                docker logs "$id" 2>&1 | tail -n 1
                section without the right
                run tunnel --rm --cap-drop ALL --device /dev/net/tun --read-only --tmpfs /run
                section without the device
                run tunnel --rm --cap-drop ALL --cap-add NET_ADMIN --read-only --tmpfs /run
                """));

        assertThat(printed.section("up").lines()).containsExactly("10.9.0.0/24");
        assertThat(printed.section("stopped").lines()).containsExactly("1 0", "[#] ip link delete dev wg0");
        assertThat(printed.section("without the right").exits()).hasSize(1).doesNotContain(0);
        assertThat(printed.section("without the right").toString()).contains("NET_ADMIN");
        assertThat(printed.section("without the device").exits()).hasSize(1).doesNotContain(0);
        assertThat(printed.section("without the device").toString()).contains("--device /dev/net/tun");
    }

    private String docker(String script) throws IOException {
        String grounds = Product.root().resolve("it-tests/grounds").toString();
        // What `containers` runs has no input.
        Path file =
                Files.writeString(folder.resolve("script"), """
                set -u
                dist=%s
                programs=$(%s/container-image)/programs
                export PATH=$programs/usr/sbin:$programs/usr/bin:$PATH
                export LD_LIBRARY_PATH=$programs/usr/lib/x86_64-linux-gnu:$programs/lib/x86_64-linux-gnu
                work=$(mktemp -d)
                trap 'rm -rf "$work"' EXIT
                section() { printf -- '-- %%s\\n' "$*"; }
                run() { local rc=0; "$@" </dev/null || rc=$?; echo "rc $rc"; }
                """.formatted(Debian.dist(), grounds) + script + "true\n");
        Ran ran = Command.of(grounds + "/containers", "bash", file.toString())
                .timeout(Duration.ofMinutes(4))
                .run();
        assumeFalse(ran.exit() == CANNOT, () -> ran.stderr().strip());
        return ran.ok().stdout();
    }
}
