// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tarball for other distributions, and its `install.sh`.
@Tag("package")
@Tag("long")
class TarballTest {
    @ParameterizedTest
    @ValueSource(strings = {"/usr", "/usr/local", "/opt/wgj"})
    void installsWorksAndGoes(String prefix) {
        // xz is what unpacks it, and no part of the smallest Debian.
        Printed printed = Debian.system(Suite.TRIXIE).run("""
                prefix=%s
                mkdir -p "$prefix"
                files >/dev/shm/before
                cd /run
                tar --no-same-owner -xf /dist/wgj_*.tar.xz
                cd wgj*/
                section installed
                run ./install.sh --prefix "$prefix"
                export PATH=$prefix/bin:$PATH
                wgj pubkey <<<dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=
                command -v wgj wgj-quick
                section tunnel
                tunnel wg0 'PostUp = command -v wgj'
                run wgj-quick up wg0
                run wgj-quick down wg0
                section again
                run ./install.sh --prefix "$prefix"
                wgj pubkey <<<dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=
                section removed
                run ./install.sh --prefix "$prefix" --uninstall
                rm -r /etc/wireguard
                files | diff /dev/shm/before - | grep '^> .* [fl] '
                """.formatted(prefix));

        String key = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";
        assertThat(printed.section("installed").exits()).containsExactly(0);
        assertThat(printed.section("installed").lines()).endsWith(key, prefix + "/bin/wgj", prefix + "/bin/wgj-quick");
        assertThat(printed.section("tunnel").exits()).containsExactly(0, 0);
        assertThat(printed.section("tunnel").lines()).contains(prefix + "/lib/wgj/bin/wgj");
        assertThat(printed.section("again").lines()).last().isEqualTo(key);
        assertThat(printed.section("removed").exits()).containsExactly(0);
        assertThat(printed.section("removed").lines()).last().isEqualTo("rc 0");
    }
}
