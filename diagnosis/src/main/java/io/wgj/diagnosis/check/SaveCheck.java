// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Key;
import io.wgj.config.file.QuickLine;

/// What `SaveConfig` throws away.
final class SaveCheck {
    private SaveCheck() {}

    /// Comments and keys of wgj, under wg-quick.
    static void lost(CheckedFile file, Report report) {
        if (!file.section().saveConfig()) {
            return;
        }
        int comments = 0;
        int own = 0;
        for (QuickLine line : file.lines().lines()) {
            String text = line.trimmed();
            comments += text.startsWith("#") && !Ignores.isIgnore(text) ? 1 : 0;
            own += line.isOfWgj() ? 1 : 0;
        }
        if (comments > 0 || own > 0) {
            String ofComments = comments == 1 ? "the comment" : comments + " comments";
            String ofKeys = own == 1 ? "the line" : own + " lines";
            report.add(
                    CheckCode.SAVED_AWAY,
                    file.index().place(Key.SAVE_CONFIG),
                    "`wg-quick down' writes the file anew without "
                            + (comments > 0 ? ofComments : ofKeys + " of wgj's keys")
                            + (comments > 0 && own > 0 ? " and " + ofKeys + " of wgj's keys" : "")
                            + "; `wgj-quick down' keeps them",
                    "remove SaveConfig, or use wgj-quick alone");
        }
    }
}
