// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The installed manual pages, read by `man`, beside what the installed commands say of themselves.
@Tag("package")
@Tag("long")
class ManualPagesTest {
    @ParameterizedTest
    @EnumSource
    void readWellOnEightyColumnsAndNameEveryOption(Suite suite) {
        Printed printed = Debian.system(suite).run("""
                dpkg -i "$package" /dist/wgj-wg_*.deb >/dev/null 2>&1
                export MANWIDTH=80 MANPAGER=cat
                section pages
                dpkg -L wgj wgj-wg | sed -n 's#.*/man/man[578]/\\(.*\\)\\.[578]\\.gz#\\1#p' | sort
                section warnings
                for page in $(dpkg -L wgj | grep '/man/man[578]/.*gz'); do
                  # Examples come first, and pages of other packages are not here.
                  zcat "$page" | mandoc -T lint -W warning 2>&1 | grep -v 'out of conventional order\\|referenced manual not found'
                  man --warnings -E UTF-8 -l -Tutf8 -Z "$page" 2>&1 >/dev/null
                done
                section wide
                # groff of trixie indents examples by two more columns than that of bookworm.
                for page in $(dpkg -L wgj | sed -n 's#.*/man/man[578]/\\(.*\\)\\.\\([578]\\)\\.gz#\\2/\\1#p'); do
                  man "${page%/*}" "${page#*/}" 2>&1 | col -bx | grep -E '^.{83,}' | sed "s#^#$page: #"
                done
                section missing
                for program in wgj wgj-quick; do
                  for command in $("$program" help | sed -n 's/^  \\([a-z]\\{2,\\}\\)  .*/\\1/p'); do
                    name=$program-$command
                    # One page is about both.
                    [[ $command != help ]] || name=wgj-help
                    man 8 "$name" 2>/dev/null | col -bx >/run/page
                    [[ -s /run/page ]] || echo "no page $name"
                    for option in $("$program" help "$command" | grep -oE -- '(^|[ ,[])--?[a-z][a-z-]*' | tr -d ' ,['); do
                      grep -qE -- "(^|[^a-z-])$option([^a-z-]|\\$)" /run/page || echo "$name lacks $option"
                    done
                    echo "$name" >>/run/seen
                  done
                done
                section seen
                sort /run/seen | paste -sd' '
                """);

        assertThat(printed.section("pages").lines())
                .contains("wgj", "wgj-quick", "wgj.conf", "wgj-engine", "wg", "wg-quick");
        assertThat(printed.section("warnings").lines()).isEmpty();
        assertThat(printed.section("wide").lines()).isEmpty();
        assertThat(printed.section("missing").lines()).isEmpty();
        assertThat(printed.section("seen").toString())
                .contains("wgj-show ", "wgj-engine ", "wgj-quick-up", "wgj-quick-plan ", "wgj-quick-confirm ");
    }
}
