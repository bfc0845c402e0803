// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The installed package on hosts that grant little.
@Tag("package")
@Tag("long")
class BareHostTest {
    // RFC 7748, section 6.1: Alice's keys.
    private static final String PRIVATE = "dwdtCnMYpX08FsFyUbJmRd9ML4frwJkqsXf7pR25LCo=";
    private static final String PUBLIC = "hSDwCYkwp1R0i33ctD73Wg2/Og0mOBr066SpjqqbTmo=";

    /// The JVM writes nothing: not to `/tmp`, not to a home, not beside its files.
    @ParameterizedTest
    @EnumSource
    void nothingCanBeWrittenOrRunWhereOthersWriteAndRun(Suite suite) {
        Printed printed = Debian.minimal(suite).run("""
                dpkg -i "$package" >/dev/null
                tunnel wg0 'PostUp = true'
                mount -o remount,noexec,nosuid,nodev /tmp
                mount -o remount,ro,bind /
                touch /x /usr/lib/wgj/x 2>&1 | sed 's/.*: //' | sort -u
                unset HOME
                run wgj-quick up wg0
                wgj show wg0 | head -n 1
                run wgj-quick down wg0
                ended
                run wgj demo
                find /tmp -mindepth 1
                """);

        assertThat(printed.exits()).containsExactly(0, 0, 0);
        assertThat(printed.lines())
                .startsWith("Read-only file system")
                .contains("interface: wg0")
                .endsWith("rc 0");
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyEnvironmentAnUnknownLocaleAndAUserWithoutRightsWillDo(Suite suite) {
        Printed printed = Debian.minimal(suite).run("""
                dpkg -i "$package" >/dev/null
                key=%s
                as_user() { setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs "$@"; }
                section keys
                env -i /usr/bin/wgj pubkey <<<"$key" 2>&1
                LC_ALL=tlh_KX.EBCDIC LANG=de_XX wgj pubkey <<<"$key" 2>&1
                as_user env -i /usr/bin/wgj pubkey <<<"$key" 2>&1
                (cd / && JAVA_HOME=/nowhere WGJ_JAVA_HOME=/nowhere CLASSPATH=/nowhere JAVA_TOOL_OPTIONS=-bad wgj pubkey <<<"$key" 2>&1)
                chmod 600 /usr/lib/wgj/*.jsa
                as_user wgj pubkey <<<"$key" 2>&1
                rm /usr/lib/wgj/*.jsa
                wgj pubkey <<<"$key" 2>&1
                section tunnels
                tunnel wg0
                run env -i /usr/bin/wgj-quick up wg0
                run env -i LC_ALL=tlh_KX.EBCDIC /usr/bin/wgj-quick down wg0
                section without rights
                run as_user wgj-quick up wg0
                """.formatted(PRIVATE));

        assertThat(printed.section("keys").lines()).hasSize(6).containsOnly(PUBLIC);
        assertThat(printed.section("tunnels").exits()).containsExactly(0, 0);
        assertThat(printed.section("without rights").exits()).hasSize(1).doesNotContain(0);
    }

    /// Another processor than the one that made the archives, and another path than theirs.
    @Test
    void aMovedCopyStartsAndSoDoesOneOnALesserProcessor() {
        Printed printed = Debian.minimal(Suite.BOOKWORM).run("""
                dpkg -i "$package" >/dev/null
                key=%s
                section processor
                sed -E 's/ (avx|avx2|avx512[a-z_0-9]*|vaes|vpclmulqdq|bmi2|adx|sha_ni|fma)\\b//g' /proc/cpuinfo >/run/cpuinfo
                mount --bind /run/cpuinfo /proc/cpuinfo
                grep -c -w avx2 /proc/cpuinfo
                wgj pubkey <<<"$key" 2>&1
                export WGJ_JAVA_OPTS='-XX:UseAVX=0 -XX:UseSSE=2'
                wgj pubkey <<<"$key" 2>&1
                tunnel wg0
                run wgj-quick up wg0
                run wgj-quick down wg0
                unset WGJ_JAVA_OPTS
                section moved
                cp -a /usr/lib/wgj /opt/moved
                cp /usr/bin/wgj /opt/moved/
                dpkg -P wgj >/dev/null 2>&1
                ls /usr/lib/wgj /usr/bin/wgj 2>/dev/null
                sed -i 's#=/usr/lib/wgj#=/opt/moved#g; s#\\. /usr/lib/wgj#. /opt/moved#' /opt/moved/wgj
                /opt/moved/wgj pubkey <<<"$key" 2>&1
                run /opt/moved/wgj engine wg1
                /opt/moved/wgj show wg1 | head -n 1
                """.formatted(PRIVATE));

        assertThat(printed.section("processor").lines()).startsWith("0", PUBLIC, PUBLIC);
        assertThat(printed.section("processor").exits()).containsExactly(0, 0);
        assertThat(printed.section("moved").lines())
                .containsExactly(PUBLIC, "$ /opt/moved/wgj engine wg1", "rc 0", "interface: wg1");
    }
}
