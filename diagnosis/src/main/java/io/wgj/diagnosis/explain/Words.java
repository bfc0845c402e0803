// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.IpAddress;
import io.wgj.config.text.Latin1;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NextHopChoice;
import io.wgj.diagnosis.routing.RuleStep;
import io.wgj.diagnosis.routing.Wording;
import io.wgj.netlink.route.PolicyRule;
import java.util.ArrayList;
import java.util.List;

/// Phrases that several parts of a story share.
final class Words {
    /// An ellipsis in UTF-8, a byte a char, as all text is.
    static final String DOTS = Latin1.ofUnicode("…");

    private Words() {}

    /// `AAAA…AAA0=`.
    static String key(PublicKey key) {
        String text = key.toBase64();
        return text.substring(0, 4) + DOTS + text.substring(text.length() - 5);
    }

    /// `32766: from all lookup main`.
    static String rule(PolicyRule rule) {
        return Wording.priority(rule) + ": " + Wording.rule(rule);
    }

    /// The route and the rule that led to it, on one line.
    static String way(LookupResult answer) {
        if (answer.refusal().isPresent()) {
            return answer.refusal().get().text();
        }
        if (answer.route().isEmpty()) {
            return answer.note();
        }
        String rule = answer.rule().map(decider -> ", by rule " + rule(decider)).orElse("");
        return answer.route().get().text() + " (table "
                + Wording.table(answer.route().get().table()) + rule + ")";
    }

    /// `by eth0 via 198.51.100.1`, or `by one of …`.
    static String leaves(LookupResult answer) {
        List<String> ways = new ArrayList<>();
        for (NextHopChoice choice : answer.choices()) {
            ways.add(choice.text());
        }
        return ways.size() == 1 ? "by " + ways.getFirst() : "by one of " + String.join(", ", ways);
    }

    /// The rules that matched and led nowhere, and how the last one ended; the rules of every host are left out.
    static void passedRules(Story story, LookupResult answer) {
        for (RuleStep step : answer.steps()) {
            int priority = step.rule().priority().orElse(0);
            if (priority != 0 && priority != 32767) {
                story.fact("rule", rule(step.rule()) + ": " + step.text());
            }
        }
    }

    /// `, source 10.9.0.1`, or nothing.
    static String source(LookupResult answer) {
        return answer.source()
                .map(IpAddress::text)
                .map(text -> ", source " + text)
                .orElse("");
    }
}
