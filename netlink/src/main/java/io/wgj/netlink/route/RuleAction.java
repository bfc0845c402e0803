// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import java.util.List;
import java.util.Optional;

/// What a rule does with the packets it matches: `FR_ACT_…` (linux/fib_rules.h).
public enum RuleAction {
    /// Looks the packets up in a table.
    TO_TABLE(1, "lookup"),
    /// Continues at another rule.
    GOTO(2, "goto"),
    NOP(3, "nop"),
    BLACKHOLE(6, "blackhole"),
    UNREACHABLE(7, "unreachable"),
    PROHIBIT(8, "prohibit");

    private static final List<RuleAction> ALL = List.of(values());

    private final int number;
    private final String word;

    RuleAction(int number, String word) {
        this.number = number;
        this.word = word;
    }

    /// The kernel's number.
    public int number() {
        return number;
    }

    /// The word of ip(8).
    public String word() {
        return word;
    }

    /// The action of this number; empty for one that this list lacks.
    public static Optional<RuleAction> of(int number) {
        for (RuleAction action : ALL) {
            if (action.number == number) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }

    /// The action with this word; empty for a table and a jump, which need more words.
    static Optional<RuleAction> parse(String word) {
        for (RuleAction action : ALL) {
            if (action.number > GOTO.number && action.word.equals(word)) {
                return Optional.of(action);
            }
        }
        return Optional.empty();
    }
}
