// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.doctor;

import io.wgj.netlink.nftables.DropRule;
import io.wgj.netlink.nftables.DropRules;
import io.wgj.netlink.sys.ChildProcess;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.ProgramStart;
import io.wgj.netlink.sys.SystemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The rules of iptables-legacy, which nftables does not show. They are read only where the kernel has such tables
/// in use, by the program that comes with them: `iptables-legacy-save -c` changes nothing then, and loads nothing.
final class LegacyTables {
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private static final String[][] FAMILIES = {
        {"iptables", "/proc/thread-self/net/ip_tables_names"}, {"ip6tables", "/proc/thread-self/net/ip6_tables_names"}
    };
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int MOST = 4 << 20;

    private final List<String> unseen;
    private final String path;

    /// @param unseen takes which tables cannot be read, and why
    LegacyTables(List<String> unseen) {
        this(unseen, Optional.ofNullable(System.getenv("PATH")).orElse(USUAL_PATH));
    }

    /// @param path where the programs are looked for, as `PATH`
    LegacyTables(List<String> unseen, String path) {
        this.unseen = unseen;
        this.path = path;
    }

    /// What drops packets now. Tables that are in use and cannot be read count as chains that may drop.
    DropRules read() {
        List<DropRule> rules = new ArrayList<>();
        boolean mayIn = false;
        boolean mayOut = false;
        for (String[] family : FAMILIES) {
            if (text(family[1]).isBlank()) {
                continue;
            }
            Optional<String> saved = save(family[0]);
            if (saved.isEmpty()) {
                mayIn = true;
                mayOut = true;
                String gap = "the rules of " + family[0] + "-legacy are in use and cannot be read: " + family[0]
                        + "-legacy-save is not installed, or failed";
                if (!unseen.contains(gap)) {
                    unseen.add(gap);
                }
                continue;
            }
            rules.addAll(parse(saved.get(), family[0]));
        }
        return new DropRules(rules, mayIn, mayOut);
    }

    private static String text(String file) {
        try {
            return new String(NativeFile.readAll(file), StandardCharsets.ISO_8859_1);
        } catch (SystemException _) {
            // This kernel has no such tables, or another user asks, to whom nftables is closed, too.
            return "";
        }
    }

    private Optional<String> save(String family) {
        String name = family + "-legacy-save";
        Optional<String> program = ProgramStart.find(name, path);
        if (program.isEmpty()) {
            return Optional.empty();
        }
        try {
            ChildProcess child = new ProgramStart(
                            program.get(), List.of(name, "-c"), List.of("PATH=" + path, "LC_ALL=C"))
                    .alwaysInGroupOfItsOwn()
                    .withStandardStreamsOnly()
                    .input("/dev/null")
                    .capturedOutput()
                    .withoutErrors()
                    .start();
            child.endAfter(LIMIT);
            byte[] output = child.output(MOST, LIMIT.toMillis());
            return child.await() == 0 ? Optional.of(new String(output, StandardCharsets.ISO_8859_1)) : Optional.empty();
        } catch (SystemException _) {
            return Optional.empty();
        }
    }

    /// The rules and policies that drop: `[5:300] -A INPUT -p udp -j DROP`, `:INPUT DROP [5:300]`. A policy is
    /// rule 0 of its chain. A chain of the user's counts for both ways.
    ///
    /// @param family `iptables` or `ip6tables`
    static List<DropRule> parse(String saved, String family) {
        List<DropRule> found = new ArrayList<>();
        Map<String, Integer> places = new HashMap<>();
        String table = "";
        for (String line : saved.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (line.startsWith("*")) {
                table = family + " " + line.substring(1);
                places.clear();
            } else if (line.startsWith(":") && words.length == 3 && words[1].equals("DROP")) {
                found.add(rule(table, words[0].substring(1), 0, packets(words[2])));
            } else if (line.startsWith("[") && words.length > 3 && words[1].equals("-A")) {
                int place = places.merge(words[2], 1, Integer::sum);
                if (line.contains(" -j DROP") || line.contains(" -j REJECT")) {
                    found.add(rule(table, words[2], place, packets(words[0])));
                }
            }
        }
        return found;
    }

    private static DropRule rule(String table, String chain, int place, OptionalLong packets) {
        boolean in = chain.equals("INPUT") || chain.equals("PREROUTING");
        boolean out = chain.equals("OUTPUT") || chain.equals("POSTROUTING");
        boolean other = !in && !out && !chain.equals("FORWARD");
        return new DropRule(table, chain, place, packets, in || other, out || other);
    }

    /// The first number of `[5:300]`.
    private static OptionalLong packets(String counters) {
        int colon = counters.indexOf(':');
        try {
            return colon < 1 ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(counters.substring(1, colon)));
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }
}
