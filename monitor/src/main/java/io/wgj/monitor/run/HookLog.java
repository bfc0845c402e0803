// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.config.key.KeyMask;
import io.wgj.config.text.Printable;
import io.wgj.monitor.hooks.HookJob;
import io.wgj.monitor.hooks.HookRun;
import java.util.function.Consumer;

/// Writes what hooks print to the log, line by line with keys hidden, and reports those that fail.
final class HookLog implements HookRun.Reporter {
    private static final int MOST_LINES = 200;

    private final Monitor monitor;
    private final Consumer<String> log;

    HookLog(Monitor monitor, Consumer<String> log) {
        this.monitor = monitor;
        this.log = log;
    }

    @Override
    public void output(HookJob job, String hook, String text, boolean isCut) {
        String prefix = Printable.of(job.iface().text()) + ": " + hook + ": ";
        // The last line of a text that was cut may hold a part of a key, which would not be recognised.
        int end = isCut ? text.lastIndexOf('\n') + 1 : text.length();
        int at = 0;
        int lines = 0;
        while (at < end && lines < MOST_LINES) {
            int lineEnd = text.indexOf('\n', at);
            lineEnd = lineEnd < 0 || lineEnd > end ? end : lineEnd;
            log.accept(prefix + Printable.of(KeyMask.hide(text.substring(at, lineEnd))));
            at = lineEnd + 1;
            lines++;
        }
        if (isCut || at < end) {
            log.accept(prefix + "... (the rest of what it printed is left out)");
        }
    }

    @Override
    public void failed(HookJob job, String sentence) {
        monitor.hookFailed(job, sentence);
    }
}
