// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.model;

import io.wgj.config.file.InterfaceSection;
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
        append(text, "PreUp", section.preUp());
        append(text, "PostUp", section.postUp());
        append(text, "PreDown", section.preDown());
        append(text, "PostDown", section.postDown());
        return Fingerprint.of(KeyMask.hide(text.toString()));
    }

    private static void append(StringBuilder text, String phase, List<Located<String>> hooks) {
        for (Located<String> hook : hooks) {
            text.append(phase).append('=').append(hook.value()).append('\n');
        }
    }
}
