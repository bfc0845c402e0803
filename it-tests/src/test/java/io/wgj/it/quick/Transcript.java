// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a script printed in its [World]: a line `$ …` for each command, its outputs as `out| …` and `err| …`, its
/// exit code as `rc N`, and states in sections `-- …`.
///
/// @param lines of the run, without what differs from run to run: descriptor numbers, and the ports and link-local
///     addresses that the kernel chose. Also left out: the link-local addresses that only the original saves, the
///     banner of `wireguard-go`, the lines that only `wgj` adds, and the protocol of routes and rules
record Transcript(List<String> lines) {
    private static final Pattern DESCRIPTOR = Pattern.compile("/dev/fd/\\d+");
    private static final Pattern LINK_LOCAL = Pattern.compile("fe80::[0-9a-f]{1,4}(:[0-9a-f]{1,4}){3}");
    /// A wanted difference: only the original saves it.
    private static final Pattern SAVED_LINK_LOCAL = Pattern.compile("Address = " + LINK_LOCAL.pattern() + "/64");

    private static final Pattern PROTOCOL = Pattern.compile(" proto [^ ]+");
    private static final Pattern CHOSEN_PORT = Pattern.compile("ListenPort = (32[7-9]|3[3-9]\\d|[4-6]\\d{2})\\d{2}\\b");
    /// The frame's first two bytes in UTF-8.
    private static final String BANNER = "err| \u00e2\u0094";

    private static final String ECHO = "err| [#] ";

    Transcript {
        lines = List.copyOf(lines);
    }

    static Transcript of(String raw) {
        List<String> kept = new ArrayList<>();
        raw.lines()
                .filter(line -> !line.startsWith(BANNER) && !line.startsWith("err| wgj: "))
                .filter(line -> !SAVED_LINK_LOCAL.matcher(line).matches())
                .forEach(line -> kept.add(
                        line.startsWith(ECHO)
                                ? withoutChance(line)
                                : withoutChance(line).stripTrailing()));
        return new Transcript(kept);
    }

    private static String withoutChance(String line) {
        String result = DESCRIPTOR.matcher(line).replaceAll("/dev/fd/N");
        result = LINK_LOCAL.matcher(result).replaceAll("fe80::LL");
        // Whether its probing is over by now is chance, too.
        result = result.replace("fe80::LL/64 scope link tentative", "fe80::LL/64 scope link");
        result = CHOSEN_PORT.matcher(result).replaceAll("ListenPort = chosen");
        Matcher protocol = PROTOCOL.matcher(result);
        return protocol.replaceAll("");
    }

    /// The exit codes in order.
    List<Integer> exits() {
        return lines.stream()
                .filter(line -> line.startsWith("rc "))
                .map(line -> Integer.valueOf(line.substring("rc ".length())))
                .toList();
    }

    /// The announced commands in order, without the start of the userspace implementation.
    List<String> echoes() {
        return lines.stream()
                .filter(line -> line.startsWith(ECHO) && !line.startsWith(ECHO + "wireguard-go "))
                .map(line -> line.substring(ECHO.length()))
                .toList();
    }

    /// Everything but standard error.
    Transcript withoutMessages() {
        return new Transcript(
                lines.stream().filter(line -> !line.startsWith("err|")).toList());
    }

    /// The bodies of all sections of that name, in order.
    List<List<String>> sections(String title) {
        List<List<String>> bodies = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).equals("-- " + title)) {
                bodies.add(lines.subList(i + 1, lines.size()).stream()
                        .takeWhile(line -> !line.startsWith("-- ") && !line.startsWith("$ "))
                        .toList());
            }
        }
        return bodies;
    }

    @Override
    public String toString() {
        return String.join("\n", lines) + "\n";
    }
}
