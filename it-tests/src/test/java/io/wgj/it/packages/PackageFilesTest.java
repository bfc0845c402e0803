// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What the packages hold.
@Tag("package")
@Tag("long")
class PackageFilesTest {
    /// Every file is root's, none can be written by others, none runs with more rights than its caller's.
    @ParameterizedTest
    @EnumSource
    void filesAreRootsAndAsTheyWerePacked(Suite suite) {
        Printed printed = Debian.system(suite).run("""
                dpkg -i "$package" /dist/wgj-wg_*.deb >/dev/null 2>&1
                run debsums -s wgj wgj-wg
                section odd
                dpkg -L wgj wgj-wg | grep -E '/wgj|/wg' | sort -u | while read -r file; do
                  [[ ! -h $file ]] || { [[ -e $file ]] || echo "$file leads nowhere"; continue; }
                  find "$file" -maxdepth 0 \\( ! -user root -o ! -group root -o -perm /6022 \\) -ls
                done
                section Java elsewhere
                dpkg-query -W -f '${Depends}\\n' wgj | tr , '\\n' | grep -i -E 'java|jre|jdk'
                section licences
                ls /usr/share/doc/wgj/copyright
                ls -d /usr/share/doc/wgj/legal
                """);

        assertThat(printed.exits()).containsExactly(0);
        assertThat(printed.section("odd").lines()).isEmpty();
        assertThat(printed.section("Java elsewhere").lines()).isEmpty();
        assertThat(printed.section("licences").lines()).hasSize(2);
    }

    /// lintian finds no error; lintian-overrides has a reason for each that it was told to pass over.
    @Test
    void lintianFindsNoError() {
        Printed printed = Debian.system(Suite.BOOKWORM).run("""
                run lintian --allow-root --display-level '>=warning' --fail-on error,warning "$package" /dist/wgj-wg_*.deb
                """);

        assertThat(printed.exits()).as(printed.toString()).containsExactly(0);
    }
}
