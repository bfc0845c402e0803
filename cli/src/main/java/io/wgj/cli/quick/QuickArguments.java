// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The words behind the verb, under our own name. Options may stand before and behind the files.
///
/// @param operands files, interfaces, and the verb to be planned
/// @param resolve whether a reload looks up every name, of peers that answer too
/// @param strict whether a file that others can change is refused
/// @param detached whether this is the process that [ConfirmedRun] starts
/// @param confirm how long to wait for a confirmation before all is rolled back
/// @param hookTimeout how long a hook may run
record QuickArguments(
        List<String> operands,
        boolean json,
        boolean noDns,
        boolean resolve,
        boolean check,
        boolean idempotent,
        boolean many,
        boolean fromJournal,
        boolean strict,
        boolean detached,
        Optional<Duration> confirm,
        Optional<Duration> hookTimeout) {
    /// What a verb takes.
    private static String optionsOf(String verb) {
        return switch (verb) {
            case "up" -> " --confirm --idempotent --many --hook-timeout --strict --detached ";
            case "down" -> " --from-journal --idempotent --many --hook-timeout --strict ";
            case "reload" -> " --confirm --resolve --strict --detached ";
            case "save" -> " --many ";
            case "strip" -> " --strict ";
            case "plan" -> " --json --no-dns --check --resolve --strict ";
            default -> " ";
        };
    }

    /// One file and nothing else, as under the original's name.
    static QuickArguments of(String file) {
        return new QuickArguments(
                List.of(file),
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty());
    }

    /// @param words behind `verb`
    static QuickArguments parse(String verb, List<String> words) throws MisuseException {
        List<String> operands = new ArrayList<>();
        List<String> flags = new ArrayList<>();
        Optional<Duration> confirm = Optional.empty();
        Optional<Duration> hookTimeout = Optional.empty();
        boolean ended = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (ended || !word.startsWith("-")) {
                operands.add(word);
                continue;
            }
            if (word.equals("--")) {
                ended = true;
                continue;
            }
            int equals = word.indexOf('=');
            String option = equals < 0 ? word : word.substring(0, equals);
            if (!optionsOf(verb).contains(" " + option + " ")) {
                throw new MisuseException(word + ": `" + verb + "' has no such option");
            }
            boolean takesValue = option.equals("--confirm") || option.equals("--hook-timeout");
            if (!takesValue && equals >= 0) {
                throw new MisuseException(option + " takes no value");
            }
            if (!takesValue) {
                flags.add(option);
                continue;
            }
            if (equals < 0 && ++i == words.size()) {
                throw new MisuseException(option + ": how long? Write it as " + option + " 60s");
            }
            Optional<Duration> duration =
                    Optional.of(duration(option, equals < 0 ? words.get(i) : word.substring(equals + 1)));
            if (option.equals("--confirm")) {
                confirm = duration;
            } else {
                hookTimeout = duration;
            }
        }
        if (confirm.isPresent() && flags.contains("--many")) {
            throw new MisuseException("--confirm is for one file");
        }
        if (confirm.isEmpty() && flags.contains(ConfirmedRun.CHILD)) {
            throw new MisuseException(ConfirmedRun.CHILD + " is not for users");
        }
        return new QuickArguments(
                List.copyOf(operands),
                flags.contains("--json"),
                flags.contains("--no-dns"),
                flags.contains("--resolve"),
                flags.contains("--check"),
                flags.contains("--idempotent"),
                flags.contains("--many"),
                flags.contains("--from-journal"),
                flags.contains("--strict"),
                flags.contains(ConfirmedRun.CHILD),
                confirm,
                hookTimeout);
    }

    private static Duration duration(String option, String text) throws MisuseException {
        try {
            return ValueSyntax.duration(text);
        } catch (ValueException refused) {
            throw new MisuseException(option + ": " + refused.reason() + "; " + refused.hint());
        }
    }
}
