// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static io.wgj.config.Fixtures.K1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTest {
    private static final String PEER = "[Peer]\nPublicKey = " + K1 + "\n";

    private static String file(Key key, String value) {
        String line = key.text() + " = " + value + "\n";
        return key.section() == Section.INTERFACE ? "[Interface]\n" + line + PEER : "[Interface]\n" + PEER + line;
    }

    private static ParsedFile parse(String text) {
        return QuickConfigParser.parse(QuickFile.of("wg0.conf", text));
    }

    /// The value differs from the one that the file without the line has.
    private static String otherExample(Key key) {
        return key == Key.PUBLIC_KEY ? Key.PRESHARED_KEY.example() : key.example();
    }

    @ParameterizedTest
    @EnumSource
    void aKeysExampleChangesWhatTheFileSays(Key key) {
        ParsedFile parsed = parse(file(key, otherExample(key)));
        assertThat(parsed.problems()).isEmpty();
        assertThat(parsed.readable()).isNotEqualTo(parse("[Interface]\n" + PEER).readable());
    }

    @ParameterizedTest
    @EnumSource
    void wgReadsItsOwnKeysAlone(Key key) {
        ParsedFile parsed = WgConfigParser.parse("wg0.conf", file(key, key.example()));
        assertThat(parsed.problems().isEmpty()).isEqualTo(key.owner() == Key.Owner.WG);
    }

    @ParameterizedTest
    @EnumSource
    void aSecondLineAddsOrReplaces(Key key) {
        String second = switch (key) {
            case UNDERLAY -> "src 2001:db8::1";
            case MTU -> "1300";
            default -> otherExample(key);
        };
        String first = key == Key.UNDERLAY ? "src 192.0.2.1" : key == Key.PUBLIC_KEY ? K1 : key.example();
        TunnelFile twice =
                parse(file(key, first) + key.text() + " = " + second + "\n").readable();
        if (key.section() == Section.INTERFACE) {
            twice = parse(file(key, first + "\n" + key.text() + " = " + second)).readable();
        }
        TunnelFile once = parse(file(key, second)).readable();
        assertThat(withoutPlaces(twice).equals(withoutPlaces(once))).isNotEqualTo(key.accumulates());
    }

    private static String withoutPlaces(TunnelFile file) {
        return file.toString().replaceAll(":\\d+:\\d+", "");
    }

    @Test
    void aNameStandsForOneKeyInEachSection() {
        Set<String> names = new HashSet<>();
        for (Key key : Key.values()) {
            assertThat(names.add(key.section() + key.text().toLowerCase(Locale.ROOT)))
                    .isTrue();
            assertThat(Key.find(key.text().toUpperCase(Locale.ROOT), key.section()))
                    .contains(key);
        }
    }

    @ParameterizedTest
    @EnumSource
    void helpIsOnOneLineEach(Key key) {
        assertThat(key.help()).matches("[A-Z][\\x20-\\x7e]{10,110}\\.");
        assertThat(key.syntax()).matches("[\\x20-\\x7e]{2,60}");
        assertThat(key.absence()).matches("[\\x20-\\x7e]{2,60}");
    }
}
