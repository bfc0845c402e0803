// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Checks a page in the text format of Prometheus, as far as `promtool check metrics` does: the grammar of lines,
/// help and type before values, families in one piece, no value twice, and the endings of names.
final class TextFormat {
    private static final Pattern COMMENT = Pattern.compile("# (HELP|TYPE) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)");
    private static final Pattern VALUE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(\\{([a-zA-Z_]\\w*=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*})? (\\S+)");

    private TextFormat() {}

    /// A sentence for each problem.
    static List<String> problems(String page) {
        List<String> problems = new ArrayList<>();
        Map<String, String> types = new HashMap<>();
        Set<String> helps = new HashSet<>();
        Set<String> ended = new HashSet<>();
        Set<String> values = new HashSet<>();
        String family = "";
        for (String line : page.lines().toList()) {
            Matcher comment = COMMENT.matcher(line);
            Matcher value = VALUE.matcher(line);
            if (comment.matches()) {
                if (comment.group(1).equals("TYPE")) {
                    types.put(comment.group(2), comment.group(3));
                } else if (!helps.add(comment.group(2))) {
                    problems.add("help twice: " + line);
                }
            } else if (value.matches()) {
                String name = value.group(1);
                if (!name.equals(family)) {
                    ended.add(family);
                    family = name;
                }
                check(line, name, types.getOrDefault(name, ""), problems);
                if (!helps.contains(name) || ended.contains(name)) {
                    problems.add("no help, or a family in two pieces: " + line);
                }
                if (!values.add(name + value.group(2))) {
                    problems.add("twice: " + line);
                }
            } else {
                problems.add("not of the format: " + line);
            }
        }
        return problems;
    }

    private static void check(String line, String name, String type, List<String> problems) {
        if (!type.equals("counter") && !type.equals("gauge")) {
            problems.add("no type: " + line);
        } else if (type.equals("counter") != name.endsWith("_total")) {
            problems.add("counters, and they alone, end in _total: " + line);
        }
        try {
            Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
        } catch (NumberFormatException _) {
            problems.add("no number: " + line);
        }
    }
}
