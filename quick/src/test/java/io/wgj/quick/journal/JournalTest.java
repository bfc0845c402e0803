// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.HookPhase;
import io.wgj.quick.model.Samples;
import io.wgj.quick.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {
    private static final int FIRST_LINE_LENGTH = "wgj-journal 1\n".length();
    private static final String START = "wgj-journal 1\nboot b\nbegin up\n";

    /// Journals hold no hooks.
    static List<Step> everyStep() {
        List<Step> steps = Samples.everyStep();
        steps.removeIf(Step.RunHook.class::isInstance);
        return steps;
    }

    @ParameterizedTest
    @MethodSource("everyStep")
    void readsWhatWasWritten(Step step) throws Exception {
        String line = StepCodec.format(step);
        assertThat(line).doesNotContain("\n");
        assertThat(StepCodec.parse(line)).isEqualTo(step);
    }

    /// A reload needs these of the `up` before it and of the reloads since.
    @Test
    void knowsWhatTheLastRunThatEndedSaid() throws Exception {
        String route = "routed -4 10.0.0.0/8 dev wg0 metric 300\n";
        String hooks = "hook add-route\t-4 10.1.0.0/16 dev wg0 proto 87\nhook-device 7\n";
        Journal up = JournalReader.read(START + route + "mtu\n" + hooks + "end\n");
        assertThat(up.automaticMtu()).isTrue();
        assertThat(up.earlierRoutes()).containsExactly(Samples.route("10.0.0.0/8 dev wg0 metric 300"));
        assertThat(up.hooks().steps()).hasSize(1);
        assertThat(up.hooks().device()).containsExactly(7L);

        Journal reloaded =
                JournalReader.read(START + route + "mtu\n" + hooks + "end\nbegin reload\nhook-device 7\nend\n");
        assertThat(reloaded.automaticMtu()).isFalse();
        assertThat(reloaded.earlierRoutes()).hasSize(1);
        assertThat(reloaded.hooks().steps()).isEmpty();
        assertThat(reloaded.hooks().device()).containsExactly(7L);

        Journal killed = JournalReader.read(START + route + "mtu\n" + hooks + "end\nbegin reload\n");
        assertThat(killed.automaticMtu()).isFalse();
        assertThat(killed.hooks().steps()).hasSize(1);
    }

    @Test
    void doesNotWriteHooks() {
        assertThatThrownBy(() -> StepCodec.format(new Step.RunHook(HookPhase.PRE_UP, 0, "rm -rf /")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// Before the killed run the endpoints 1 and 2 are known. The run keeps 2 and means to set 3.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            begin reload                                          | 1 2
            begin reload;endpoint 2;endpoint 3                    | 2
            begin reload;endpoint 2;endpoint 3;do reload-device~wg0 | 2
            begin reload;endpoint 2;endpoint 3;do reload-device~wg0;ok;end | 2 3
            begin reload;endpoint 2;endpoint 3;begin reload;endpoint 1;endpoint 2;end | 1 2
            begin reload;endpoint 2;endpoint 3;begin reload;endpoint 1;endpoint 2 | 2
            begin down                                            | 1 2
            """)
    void knowsTheEndpointsThatAKilledRunLeftAlone(String lines, String known) throws Exception {
        String up = START + "do create-link\twg0\nok\nlink 17\nendpoint 1\nendpoint 2\nport 4711\nend\n";
        Journal content = JournalReader.read(up + lines.replace('~', '\t').replace(';', '\n') + "\n");
        assertThat(content.endpoints().stream().sorted().map(Object::toString))
                .isEqualTo(List.of(known.split(" ", -1)));
        assertThat(content.chosenPort()).hasValue(4711);
    }

    @Test
    void aReloadKeepsTheFingerprintOfTheHooksThatUpRan() throws Exception {
        String up = START + "do create-link\twg0\nok\nlink 17\n";
        assertThat(JournalReader.read(up + "end\n").hookLines()).isEmpty();
        Journal content = JournalReader.read(up + "hook-lines ffffffffffffffff\nend\nbegin reload\nend\n");
        assertThat(content.hookLines()).hasValue(-1L);
        assertThat(content.complete()).isTrue();
    }

    /// A run from standard input has no file, and a reload may name another one than `up` did.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            begin up;file /etc/wireguard/a b.conf;end                          | /etc/wireguard/a b.conf
            begin up;end                                                        |
            begin up;file /a.conf;end;begin reload;file /b.conf;end             | /b.conf
            begin up;file /a.conf;end;begin reload;end                          |
            begin up;file /a.conf;end;begin down                                | /a.conf
            """)
    void namesTheFileThatWasLastApplied(String lines, @Nullable String file) throws Exception {
        Journal content = JournalReader.read(START + lines.replace(';', '\n') + "\n");
        assertThat(content.damage()).isEmpty();
        assertThat(content.configFile()).isEqualTo(Optional.ofNullable(file));
    }

    @Test
    void tellsWhatARunDid() throws Exception {
        Journal content = JournalReader.read(
                START + "do create-link\twg0\nok\nlink 17\ndo set-mtu-up\twg0\t1420\nok\nendpoint ff\nend\n");
        assertThat(content.boot()).isEqualTo("b");
        assertThat(content.linkIndex()).hasValue(17);
        assertThat(content.complete()).isTrue();
        assertThat(content.endpoints()).isEqualTo(Set.of(255L));
        assertThat(content.history())
                .containsExactly(new Step.CreateLink(Samples.WG0), new Step.SetMtuAndUp(Samples.WG0, 1420));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            do create-link wg0                        | create-link wg0
            do delete-link wg0                        |
            do add-route -4 10.0.0.0/8 dev a          | add-route -4 10.0.0.0/8 dev a
            do delete-route -4 10.0.0.0/8 dev a       |
            do replace-route -4 10.0.0.0/8 dev a;-4 10.0.0.0/8 dev b | add-route -4 10.0.0.0/8 dev a
            do create-link wg0~no                     |
            do set-sysctl a.b;1;0                     | set-sysctl a.b;1;0
            do add-route -4 10.0.0.0/8 dev a~no~did add-route -4 10.0.0.0/8 dev a | add-route -4 10.0.0.0/8 dev a
            """)
    void countsWhatAKilledRunMayHaveDone(String last, @Nullable String expected) throws Exception {
        Journal content = JournalReader.read(START + lines(last) + "\n");
        assertThat(content.complete()).isFalse();
        List<Step> history = expected == null ? List.of() : List.of(StepCodec.parse(lines(expected)));
        assertThat(content.history()).isEqualTo(history);
    }

    /// The first blank after a step's name, and `;`, are tabs; `~` ends a line.
    private static String lines(String text) {
        return text.replaceAll("((create|delete|add|set|replace|install)-[a-z]+) ", "$1\t")
                .replace(';', '\t')
                .replace('~', '\n');
    }

    @Test
    void forgetsALineThatWasCutOff() throws Exception {
        assertThat(JournalReader.read(START + "do create-link\twg").history()).isEmpty();
    }

    /// A killed run of routes leaves the journal incomplete, and the next run of routes completes it. One after a
    /// killed reload does not.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            begin routes                                     | false | true  | 0
            begin routes;withdrawn 7 -4 10.0.0.0/8 dev wg0   | false | true  | 1
            begin routes;withdrawn 7 -4 10.0.0.0/8 dev wg0;end | true | false | 1
            begin routes;withdrawn 7 -4 10.0.0.0/8 dev wg0;begin routes;end | true | false | 1
            begin routes;withdrawn 7 -4 10.0.0.0/8 dev wg0;end;begin routes;returned 7 -4 10.0.0.0/8 dev wg0;end | true | false | 0
            begin routes;withdrawn 7 -4 10.0.0.0/8 dev wg0;end;begin routes;returned 8 -4 10.0.0.0/8 dev wg0;end | true | false | 1
            begin routes;withdrawn 7 -4 10.0.0.0/8 dev wg0;end;begin reload | false | false | 1
            begin reload;begin routes;withdrawn 7 -4 10.0.0.0/8 dev wg0;end | false | false | 1
            """)
    void knowsWithdrawnRoutes(String lines, boolean complete, boolean interrupted, int withdrawn) throws Exception {
        String up = START + "mtu\nendpoint 1\ntrial 5\nuntil 9\nend\n";
        Journal content = JournalReader.read(up + lines.replace(';', '\n') + "\n");
        assertThat(content.complete()).isEqualTo(complete);
        assertThat(content.interruptedRoutes()).isEqualTo(interrupted);
        assertThat(content.withdrawn()).hasSize(withdrawn);
        assertThat(content.damage()).isEmpty();
        if (!lines.contains("reload")) {
            assertThat(content.automaticMtu()).isTrue();
            assertThat(content.endpoints()).containsExactly(1L);
            assertThat(content.waiting()).isPresent();
        }
    }

    @Test
    void isIncompleteAgainOnceAnotherRunHasBegun() throws Exception {
        assertThat(JournalReader.read(START + "end\nbegin down\n").complete()).isFalse();
    }

    /// The readable lines of a damaged journal are used. `down` searches the host for the rest.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nonsense                 | line 1: this is not the first line of a journal
            wgj-journal 1~what       | line 2: unknown word `what'
            wgj-journal 1~do what    | line 2: unknown step `what'
            wgj-journal 1~do create-link | line 2: a field is missing
            wgj-journal 1~do create-link wg0;wg1 | line 2: a field too many
            wgj-journal 1~do create-link w/0     | line 2: `w/0' is no interface name
            wgj-journal 1~do set-mtu wg0;a;1 | line 2: `a' is no number
            wgj-journal 1~do add-address wg0;10.0.0.0/33 | line 2: `10.0.0.0/33' is no prefix
            wgj-journal 1~do add-route nonsense dev a | line 2: a route: `nonsense': an IPv4 or IPv6 prefix is expected
            wgj-journal 1~do set-dns wg0;what | line 2: unknown tool `what'
            wgj-journal 1~do install-firewall 9999 | line 2: a field is missing
            wgj-journal 1~do set-dns wg0;resolvconf;wg0;99999999;x | line 2: a field is missing
            wgj-journal 1~do create-link %zz | line 2: a broken escape
            wgj-journal 1~link x | line 2: `x' is no number
            """)
    void namesTheFirstLineThatMakesNoSenseAndUsesTheRest(String text, String damage) throws Exception {
        Journal content = JournalReader.read(lines(text) + "\ndid create-link\twg7\nlink 5\nend\n");
        assertThat(content.damage()).isEqualTo(damage);
        assertThat(content.complete()).isFalse();
        assertThat(content.linkIndex()).hasValue(5);
        assertThat(content.history()).contains(new Step.CreateLink(new InterfaceName("wg7")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wgj-journal 2\nboot b\nwhat\n", "wgj-journal 10\n"})
    void refusesAnotherVersion(String text) {
        assertThatThrownBy(() -> JournalReader.read(text))
                .isInstanceOf(JournalException.class)
                .hasMessage("another version of wgj wrote it ("
                        + text.lines().findFirst().orElseThrow() + ")");
    }

    /// A changed byte or a missing end causes no exception except for another version's first line.
    @Test
    void readsWhateverIsLeftOfIt() throws Exception {
        StringBuilder whole = new StringBuilder(START);
        for (Step step : everyStep()) {
            whole.append("do ").append(StepCodec.format(step)).append("\nok\n");
        }
        whole.append("link 17\nmade\ntrial ff\nendpoint ff\nport 4711\nuntil 99\nend\nbegin reload\ndecided\nend\n");
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            StringBuilder text = new StringBuilder(whole);
            for (int change = random.nextInt(4); change > 0; change--) {
                text.setCharAt(FIRST_LINE_LENGTH + random.nextInt(whole.length() - FIRST_LINE_LENGTH), (char)
                        random.nextInt(256));
            }
            text.setLength(random.nextInt(10) == 0 ? text.length() : random.nextInt(text.length() + 1));
            Journal content = JournalReader.read(text.toString());
            assertThat(content.history().size()).as("round %d", round).isLessThanOrEqualTo(everyStepCount());
        }
    }

    private static int everyStepCount() {
        return everyStep().size();
    }

    /// What a journal says after these lines.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            begin up;do create-link~wg0;ok                                 | half made
            begin up;do create-link~wg0;ok;made                            | made
            begin up;do create-link~wg0;ok;made;end                        | made complete
            begin up;do create-link~wg0;ok;made;end;begin reload           | made
            begin up;do create-link~wg0;ok;made;end;begin down             | made
            begin up;do create-link~wg0;ok;made;end;begin down;do delete-link~wg0 | made removing
            begin adopt;did create-link~wg0;begin reload;end               | made complete
            begin up                                                       | ''
            begin up;trial a                                               | open a
            begin up;trial a;made;until 5;end                              | made complete open a over
            begin up;trial a;made;until 6;end                              | made complete open a
            begin up;trial a;made;until 5;end;decided                      | made complete decided a
            begin up;trial a;made;until 5;end;begin reload;end             | made complete open a over
            begin up;trial a;made;until 5;end;begin down                   | made
            begin up;made;end;begin reload;trial b;until 5;end             | made complete open b over reload
            begin up;made;end;begin reload;trial b;until 5;end;begin reload;end | made complete
            begin up;made;end;begin reload;trial b;until 5;end;decided     | made complete decided b reload
            """)
    void tellsHowFarItWas(String lines, String expected) throws Exception {
        Journal content = JournalReader.read(
                "wgj-journal 1\nboot b\n" + lines.replace('~', '\t').replace(';', '\n') + "\n");
        List<String> words = new ArrayList<>();
        if (content.isHalfMade()) {
            words.add("half made");
        }
        if (content.made()) {
            words.add("made");
        }
        if (content.complete()) {
            words.add("complete");
        }
        if (content.removing()) {
            words.add("removing");
        }
        content.trial().ifPresent(trial -> {
            words.add((trial.decided() ? "decided " : "open ") + Long.toHexString(trial.number()));
            if (!trial.decided() && trial.isOver(5)) {
                words.add("over");
            }
            if (trial.reload()) {
                words.add("reload");
            }
        });
        assertThat(String.join(" ", words)).isEqualTo(expected);
    }
}
