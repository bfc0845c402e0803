// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.packages;

import java.util.ArrayList;
import java.util.List;

/// What a script printed in its [Debian]: sections, each begun by a line `-- TITLE`; in them a line `$ COMMAND`
/// for each command that `run` ran, its output, and `rc N`.
record Printed(List<String> lines) {
    Printed {
        lines = List.copyOf(lines);
    }

    static Printed of(String text) {
        return new Printed(text.lines().toList());
    }

    /// The section of that title, which must be there.
    Printed section(String title) {
        int start = lines.indexOf("-- " + title);
        if (start < 0) {
            throw new AssertionError("no section `" + title + "' in\n" + this);
        }
        return new Printed(lines.subList(start + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("-- "))
                .toList());
    }

    /// The exit codes in order.
    List<Integer> exits() {
        List<Integer> exits = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith("rc ")) {
                exits.add(Integer.valueOf(line.substring("rc ".length())));
            }
        }
        return exits;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
