// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.Problem;
import io.wgj.config.file.QuickConfigParser;
import io.wgj.config.file.QuickFile;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import io.wgj.quick.journal.Journal;
import io.wgj.quick.journal.JournalException;
import io.wgj.quick.journal.Journals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the file of an interface in the journal of the `up` or `reload` that applied it. An edited file is read
/// again after the next `reload`, which changes the journal, or at SIGHUP.
final class JournalSettings implements SettingsSource {
    private final Journals journals;
    private final Map<Integer, Seen> seen = new HashMap<>();

    /// @param journal the journal's file when it was read last; null for none
    private record Seen(@Nullable FileStatus journal) {}

    JournalSettings(Journals journals) {
        this.journals = journals;
    }

    @Override
    public Optional<Found> look(FoundInterface iface, boolean again) {
        Optional<InterfaceName> name = InterfaceName.parse(iface.name().text());
        if (name.isEmpty()) {
            return Optional.empty();
        }
        try {
            Seen now = new Seen(journals.file(name.get()).status().orElse(null));
            Seen before = seen.put(iface.index(), now);
            if (!again && before != null && Objects.equals(before.journal(), now.journal())) {
                return Optional.empty();
            }
            Optional<String> path = journals.present(name.get())
                    .filter(journal -> journal.linkIndex().orElse(0) == iface.index())
                    .flatMap(Journal::configFile);
            return path.isPresent()
                    ? Optional.of(read(path.get()))
                    : Optional.of(new Found(Optional.of(InterfaceSettings.NONE), List.of()));
        } catch (JournalException failure) {
            return again || seen.get(iface.index()) == null
                    ? Optional.of(new Found(Optional.empty(), List.of(String.valueOf(failure.getMessage()))))
                    : Optional.empty();
        }
    }

    @Override
    public void forget(FoundInterface iface) {
        seen.remove(iface.index());
    }

    @Override
    public InterfaceSettings lost(String path) {
        return read(path).settings().orElse(InterfaceSettings.NONE);
    }

    private static Found read(String path) {
        QuickFile lines;
        try (NativeFile file = NativeFile.open(path, NativeFile.O_RDONLY | NativeFile.O_NONBLOCK, 0)) {
            if (!file.status().isRegular()) {
                return keeping(List.of(path + ": not a regular file; the settings from before stay"));
            }
            lines = QuickFile.of(path, Latin1.of(file.readAll()));
        } catch (SystemException failure) {
            return keeping(List.of(path + ": " + failure.errno().sentence() + "; the settings from before stay"));
        }
        ParsedFile parsed = QuickConfigParser.parse(lines);
        if (parsed.file().isEmpty()) {
            List<String> problems = new ArrayList<>();
            for (Problem problem : parsed.problems()) {
                problems.add(sentence(problem));
            }
            problems.add(path + ": the settings from before stay; mend the file, then `systemctl reload wgj-monitor'");
            return keeping(problems);
        }
        return new Found(
                Optional.of(InterfaceSettings.of(path, lines, parsed.file().get())), List.of());
    }

    private static Found keeping(List<String> problems) {
        return new Found(Optional.empty(), problems);
    }

    private static String sentence(Problem problem) {
        StringBuilder text = new StringBuilder().append(problem.place()).append(": ");
        if (!problem.key().isEmpty()) {
            text.append(problem.key()).append(": ");
        }
        if (!problem.value().isEmpty()) {
            text.append(problem.value()).append(": ");
        }
        text.append(problem.reason());
        return problem.hint().isEmpty()
                ? text.toString()
                : text.append("; ").append(problem.hint()).toString();
    }
}
