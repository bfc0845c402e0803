// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// One row: a script for a [World], what its transcript must show with either tool, and how far ours may differ
/// from the original. Without a word about that, the two transcripts are the same. Each method returns a changed
/// copy.
///
/// @param ids as `docs/cases.md` lists them
/// @param what this row is about, for its name
/// @param checks what holds for both transcripts
/// @param original what holds for the original's transcript only
/// @param ours compares the original's transcript with ours
record QuickCase(
        List<String> ids,
        String what,
        String script,
        List<Consumer<Transcript>> checks,
        List<Consumer<Transcript>> original,
        Comparison ours) {
    /// Fails unless ours may be so beside the original's.
    @FunctionalInterface
    interface Comparison {
        void check(Transcript original, Transcript ours);
    }

    QuickCase {
        ids = List.copyOf(ids);
        checks = List.copyOf(checks);
        original = List.copyOf(original);
    }

    /// @param ids one or more, with a blank between them
    static QuickCase row(String ids, String what, String script) {
        return new QuickCase(
                List.of(ids.split(" ", -1)),
                what,
                script,
                List.of(),
                List.of(),
                (original, ours) -> assertThat(ours.toString()).as("transcript").isEqualTo(original.toString()));
    }

    /// The commands end with these codes, in order.
    QuickCase exits(Integer... codes) {
        return checking(
                transcript -> assertThat(transcript.exits()).as("exit codes").containsExactly(codes));
    }

    /// All commands announced, in order, without the userspace implementation's.
    QuickCase echoes(String... commands) {
        return checking(
                transcript -> assertThat(transcript.echoes()).as("announced").containsExactly(commands));
    }

    /// The transcript has these lines, in this order, others between them.
    QuickCase shows(String... lines) {
        return checking(
                transcript -> assertThat(transcript.lines()).as("transcript").containsSubsequence(lines));
    }

    /// The transcript has these lines next to each other.
    QuickCase showsTogether(String... lines) {
        return checking(
                transcript -> assertThat(transcript.lines()).as("transcript").containsSequence(lines));
    }

    /// No line of the transcript has this in it.
    QuickCase lacks(String fragment) {
        return checking(transcript ->
                assertThat(transcript.lines()).as("transcript").noneMatch(line -> line.contains(fragment)));
    }

    /// The original's transcript has these lines, in this order; ours need not.
    QuickCase originalShows(String... lines) {
        List<Consumer<Transcript>> more = new ArrayList<>(original);
        more.add(transcript -> assertThat(transcript.lines()).as("transcript").containsSubsequence(lines));
        return new QuickCase(ids, what, script, checks, more, ours);
    }

    /// On purpose, where the original's transcript has the first of a pair for the last time, ours has the second.
    QuickCase oursHasInstead(String... pairs) {
        return comparing((original, ours) -> {
            String text = original.toString();
            for (int i = 0; i < pairs.length; i += 2) {
                int place = text.lastIndexOf(pairs[i]);
                assertThat(place).as("place of %s in\n%s", pairs[i], text).isNotNegative();
                text = text.substring(0, place) + pairs[i + 1] + text.substring(place + pairs[i].length());
            }
            assertThat(ours.toString()).as("transcript").isEqualTo(text);
        });
    }

    /// The original announces these commands, in order; ours need not.
    QuickCase originalEchoes(String... commands) {
        List<Consumer<Transcript>> more = new ArrayList<>(original);
        more.add(transcript -> assertThat(transcript.echoes()).as("announced").containsExactly(commands));
        return new QuickCase(ids, what, script, checks, more, ours);
    }

    /// Messages and announced commands are free; outputs, exit codes and states are not.
    QuickCase inOwnWords() {
        return comparing((original, ours) -> assertThat(ours.withoutMessages().toString())
                .as("transcript without messages")
                .isEqualTo(original.withoutMessages().toString()));
    }

    /// On purpose, ours refuses the file before any step, where the original makes the interface and removes it
    /// again: one of its messages has each of `fragments` in it.
    QuickCase oursRefusesAtOnce(String... fragments) {
        return inOwnWords().andOurs(ours -> {
            assertThat(ours.echoes()).as("announced").isEmpty();
            for (String fragment : fragments) {
                assertThat(ours.lines())
                        .as("messages")
                        .anyMatch(line -> line.startsWith("err| ") && line.contains(fragment));
            }
        });
    }

    private QuickCase andOurs(Consumer<Transcript> more) {
        Comparison first = ours;
        return comparing((original, mine) -> {
            first.check(original, mine);
            more.accept(mine);
        });
    }

    private QuickCase comparing(Comparison comparison) {
        return new QuickCase(ids, what, script, checks, original, comparison);
    }

    private QuickCase checking(Consumer<Transcript> check) {
        List<Consumer<Transcript>> more = new ArrayList<>(checks);
        more.add(check);
        return new QuickCase(ids, what, script, more, original, ours);
    }

    @Override
    public String toString() {
        return String.join(" ", ids) + ": " + what;
    }
}
