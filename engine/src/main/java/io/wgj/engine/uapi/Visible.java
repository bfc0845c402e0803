// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.uapi;

import io.wgj.config.key.KeyMask;

/// Foreign text for the log.
final class Visible {
    private static final int MOST = 60;

    private Visible() {}

    /// The start of `text`, keys hidden, with a `?` for what is not printable ASCII.
    static String of(String foreign) {
        String text = KeyMask.hide(foreign);
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), MOST); i++) {
            char c = text.charAt(i);
            out.append(c < ' ' || c > '~' ? '?' : c);
        }
        return out.append(text.length() > MOST ? "..." : "").toString();
    }
}
