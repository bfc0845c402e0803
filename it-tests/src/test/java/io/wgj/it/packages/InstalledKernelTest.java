// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The installed package where the kernel has WireGuard: in the virtual machine, whose files are lost at its
/// end. The processor there is another one than that of the class archives.
@Tag("kernel")
class InstalledKernelTest {
    @Test
    void theInstalledPackageConfiguresTheModule() {
        Path dist = Product.root().resolve("packaging/target/dist");
        assumeTrue(Files.isDirectory(dist), "no package here; the ring `package` or ./package makes it");

        Ran ran = Command.of("unshare", "--net", "--mount", "bash", "-s")
                .stdin("""
                        exec 2>&1
                        set -eu
                        # Enough of an installation, without the time that dpkg's database takes here.
                        dpkg-deb --fsys-tarfile %s/wgj_*.deb | tar -C / -x ./usr/lib/wgj ./usr/bin
                        mount -t sysfs sysfs /sys
                        mkdir -p /etc/wireguard
                        umask 077
                        printf '%%s\\n' '[Interface]' "PrivateKey = $(wgj genkey)" 'Address = 10.9.0.1/24' 'ListenPort = 51820' \\
                          '[Peer]' "PublicKey = $(wgj genkey | wgj pubkey)" 'AllowedIPs = 10.9.0.0/24' >/etc/wireguard/wg9.conf
                        wgj-quick up wg9
                        echo "kind $(cat /sys/class/net/wg9/uevent | grep DEVTYPE)"
                        echo "port $(wgj show wg9 listen-port)"
                        ls /proc/[0-9]*/exe -l 2>/dev/null | grep -c 'runtime/bin/java' || true
                        wgj-quick down wg9
                        """.formatted(dist))
                .timeout(Duration.ofMinutes(5))
                .run();

        assertThat(ran.exit()).as(ran.stdout() + ran.stderr()).isZero();
        assertThat(ran.stdout().lines())
                .contains("[#] ip link add dev wg9 type wireguard", "kind DEVTYPE=wireguard", "port 51820", "0");
    }
}
