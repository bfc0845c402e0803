// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What systemd says of the units, without starting them.
@Tag("package")
class UnitsTest {
    private static final Pattern EXPOSURE = Pattern.compile("(\\S+) .*Overall exposure level.*: ([0-9.]+) .*");

    /// How exposed `systemd-analyze security` finds each unit, of 10. docs/security.md says what the figures mean:
    /// `wgj-quick@` runs hooks, which are root's own commands.
    private static final Map<String, Double> CEILINGS =
            Map.of("wgj-engine@wg0.service", 2.3, "wgj-monitor.service", 4.5, "wgj-quick@wg0.service", 8.3);

    @ParameterizedTest
    @EnumSource
    void areCleanAndNoMoreExposedThanDocumented(Suite suite) {
        Printed printed = Debian.system(suite).run("""
                dpkg -i "$package" >/dev/null
                section verified
                # It runs man for each page that a unit names.
                for unit in $(dpkg -L wgj | grep -E '/systemd/system/.*\\.(service|target)$'); do
                  unit=${unit##*/}
                  run systemd-analyze verify --man=yes "${unit/@./@wg0.}"
                done
                section exposed
                for unit in $(dpkg -L wgj | grep '/systemd/system/.*\\.service$'); do
                  unit=${unit##*/} unit=${unit/@./@wg0.}
                  echo "$unit $(systemd-analyze security --offline=true --no-pager "$unit" 2>&1 | grep Overall)"
                done
                """);

        assertThat(printed.section("verified").lines())
                .filteredOn(line -> !line.startsWith("$ "))
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly("rc 0");
        Map<String, Double> exposures = new TreeMap<>();
        for (String line : printed.section("exposed").lines()) {
            Matcher matcher = EXPOSURE.matcher(line);
            assertThat(matcher.matches()).as(line).isTrue();
            exposures.put(matcher.group(1), Double.valueOf(matcher.group(2)));
        }
        assertThat(exposures.keySet()).isEqualTo(new TreeMap<>(CEILINGS).keySet());
        exposures.forEach((unit, exposure) ->
                assertThat(exposure).as("the exposure of %s", unit).isLessThanOrEqualTo(CEILINGS.get(unit)));
    }
}
