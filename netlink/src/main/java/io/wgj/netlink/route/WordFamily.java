// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.route;

import org.jspecify.annotations.Nullable;

/// The address family that words are about: the first word that tells decides, and the others have to agree.
final class WordFamily {
    private final Words words;
    private @Nullable Boolean v6;

    WordFamily(Words words) {
        this.words = words;
    }

    /// Whether `text` stands for every address of a family.
    static boolean isAll(String text) {
        return text.equals("default") || text.equals("any") || text.equals("all");
    }

    /// Takes a leading `-4` or `-6`.
    void takeOption() {
        if (words.peek().equals("-4") || words.peek().equals("-6")) {
            v6 = words.take().equals("-6");
        }
    }

    /// The word just taken is of this family.
    void mustBe(boolean wordIsV6) throws WordException {
        if (v6 != null && v6 != wordIsV6) {
            throw words.refuse("IPv" + (v6 ? 6 : 4) + " is expected, as before");
        }
        v6 = wordIsV6;
    }

    /// IPv4 while nothing was said.
    boolean v6() {
        return v6 != null && v6;
    }
}
