// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/// What a stream must hold: this text, or any that matches.
sealed interface ExpectedText {
    /// Fails unless `actual`, the whole of the stream that `what` names, is as expected.
    void check(String what, String actual);

    /// Exactly `text`, its `<KEY>`s in base64.
    static ExpectedText exactly(String text) {
        return new Exactly(Keys.base64(text));
    }

    /// Any text that the regular expression matches as a whole, `.` matching newlines too.
    static ExpectedText matching(String regex) {
        return new Matching(Pattern.compile(regex, Pattern.DOTALL));
    }

    record Exactly(String text) implements ExpectedText {
        @Override
        public void check(String what, String actual) {
            assertThat(actual).as(what).isEqualTo(text);
        }
    }

    record Matching(Pattern pattern) implements ExpectedText {
        @Override
        public void check(String what, String actual) {
            assertThat(actual).as(what).matches(pattern);
        }
    }
}
