// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Key;
import io.wgj.config.file.QuickLine;

/// What `SaveConfig` throws away.
final class SaveCheck {
    private SaveCheck() {}

    /// Comments, and under wg-quick the keys of wgj.
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
        if (comments > 0) {
            String how = comments == 1 ? "a comment" : comments + " comments";
            report.add(
                    CheckCode.SAVED_AWAY,
                    file.index().place(Key.SAVE_CONFIG),
                    "`down' writes the file anew, and " + how + " of it will be lost",
                    "remove SaveConfig, and change the file by hand");
        } else if (own > 0) {
            String how = own == 1 ? "a line" : own + " lines";
            report.add(
                    CheckCode.SAVED_AWAY,
                    file.index().place(Key.SAVE_CONFIG),
                    "`wg-quick down' writes the file anew without wgj's keys (" + how + "); `wgj-quick down' keeps"
                            + " them",
                    "remove SaveConfig, and change the file by hand");
        }
    }
}
