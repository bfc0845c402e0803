// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import io.wgj.config.net.IpFamily;
import org.jspecify.annotations.Nullable;

/// The address family of a route or rule: the first word that has one decides, and all others must agree.
final class WordFamily {
    private final Words words;
    private @Nullable IpFamily family;

    WordFamily(Words words) {
        this.words = words;
    }

    /// Whether `text` stands for all addresses of a family in a rule.
    static boolean isAll(String text) {
        return text.equals("default") || text.equals("any") || text.equals("all");
    }

    /// Takes a leading `-4` or `-6`.
    void takeOption() {
        if (words.peek().equals("-4") || words.peek().equals("-6")) {
            family = words.take().equals("-6") ? IpFamily.V6 : IpFamily.V4;
        }
    }

    /// Notes the family of the word just taken.
    void mustBe(IpFamily wanted) throws WordException {
        if (family != null && family != wanted) {
            throw words.refuse(family + " is expected, as before");
        }
        family = wanted;
    }

    /// IPv4 until a word says otherwise.
    IpFamily get() {
        return family == null ? IpFamily.V4 : family;
    }
}
