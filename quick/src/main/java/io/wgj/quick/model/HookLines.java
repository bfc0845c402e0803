// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.key.KeyMask;
import java.util.List;

/// The hook lines of a file, as one number: a reload compares it with the number that `up` has recorded.
public final class HookLines {
    private HookLines() {}

    /// A fingerprint of all hooks in their order, with keys hidden. It does not depend on where the lines
    /// stand.
    public static long fingerprint(InterfaceSection section) {
        StringBuilder text = new StringBuilder();
        append(text, Key.PRE_UP, section.preUp());
        append(text, Key.POST_UP, section.postUp());
        append(text, Key.PRE_DOWN, section.preDown());
        append(text, Key.POST_DOWN, section.postDown());
        return Fingerprint.of(KeyMask.hide(text.toString()));
    }

    private static void append(StringBuilder text, Key key, List<Located<String>> hooks) {
        for (Located<String> hook : hooks) {
            text.append(key.text()).append('=').append(hook.value()).append('\n');
        }
    }
}
