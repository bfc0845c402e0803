// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The installed class archives are compared with their sums once after a boot (docs/decisions/008).
@Tag("package")
@Tag("long")
class CheckedArchivesTest {
    @Test
    void rootNotesOnceThatTheyAreWholeOrDamaged() {
        Printed printed = Debian.minimal(Suite.TRIXIE).run("""
                checks() { WGJ_JAVA_OPTS=-XX:+PrintFlagsFinal wgj pubkey <<<"$private" 2>&1 | grep -o 'VerifySharedSpaces *= [a-z]*' | tr -s ' '; }
                note() { sed 's/ .*//' /run/wgj/archives; }
                dpkg -i "$package" >/dev/null
                section no folder
                checks
                ls -d /run/wgj
                section whole
                mkdir -m 755 /run/wgj
                checks
                note
                stat -c '%a %U' /run/wgj/archives
                section another user
                setpriv --reuid nobody --regid nogroup --clear-groups bash -c "private=$private; $(declare -f checks); checks"
                section another version
                echo whole 0123 >/run/wgj/archives
                checks
                note
                section damaged
                rm /run/wgj/archives
                printf damage | dd of=/usr/lib/wgj/quick.jsa bs=1 seek=2000000 conv=notrunc status=none
                checks
                note
                tunnel wg0
                run wgj-quick strip wg0
                section link
                chmod 1777 /run/wgj
                rm /run/wgj/archives
                ln -s /etc/victim /run/wgj/archives
                checks
                ls /etc/victim
                section installed again
                dpkg -i "$package" >/dev/null
                ls /run/wgj/archives
                checks
                note
                """);

        assertThat(printed.section("no folder").lines()).containsExactly("VerifySharedSpaces = true");
        assertThat(printed.section("whole").lines()).containsExactly("VerifySharedSpaces = false", "whole", "644 root");
        assertThat(printed.section("another user").lines()).containsExactly("VerifySharedSpaces = true");
        assertThat(printed.section("another version").lines()).containsExactly("VerifySharedSpaces = false", "whole");
        assertThat(printed.section("damaged").lines())
                .startsWith("VerifySharedSpaces = true", "damaged")
                .endsWith("rc 0");
        assertThat(printed.section("link").lines()).containsExactly("VerifySharedSpaces = true");
        assertThat(printed.section("installed again").lines()).containsExactly("VerifySharedSpaces = false", "whole");
    }
}
