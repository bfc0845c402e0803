// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixDatagrams;
import java.time.LocalDateTime;
import java.time.ZoneId;

/// Writes to the system log as syslog(3) does: one datagram for each line. Lines are lost on a host without a
/// system log, or with one that does not read; no thread waits. Thread-safe.
final class SystemLog {
    static final String PATH = "/dev/log";

    /// `LOG_DAEMON` and the severities `LOG_ERR` and `LOG_DEBUG` (syslog.h).
    private static final int DAEMON = 3 << 3;

    static final int ERROR = DAEMON | 3;
    static final int DEBUG = DAEMON | 7;

    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final int MONTH_LENGTH = 3;

    private final UnixDatagrams socket;
    private final String path;

    private SystemLog(UnixDatagrams socket, String path) {
        this.socket = socket;
        this.path = path;
    }

    /// @param path of the log's socket, which need not exist yet
    static SystemLog open(String path) throws SystemException {
        return new SystemLog(UnixDatagrams.open(), path);
    }

    /// @param priority [#ERROR] or [#DEBUG]
    void add(int priority, String text) {
        LocalDateTime now = LocalDateTime.now(ZoneId.systemDefault());
        int month = (now.getMonthValue() - 1) * MONTH_LENGTH;
        StringBuilder line = new StringBuilder("<").append(priority).append('>');
        line.append(MONTHS, month, month + MONTH_LENGTH).append(now.getDayOfMonth() < 10 ? "  " : " ");
        line.append(now.getDayOfMonth()).append(' ');
        twoDigits(line, now.getHour()).append(':');
        twoDigits(line, now.getMinute()).append(':');
        twoDigits(line, now.getSecond());
        line.append(" wgj-engine[")
                .append(ProcessHandle.current().pid())
                .append("]: ")
                .append(text);
        try {
            socket.send(path, line.toString());
        } catch (SystemException _) {
            // There is no other place to report it.
            return;
        }
    }

    private static StringBuilder twoDigits(StringBuilder line, int number) {
        return line.append(number < 10 ? "0" : "").append(number);
    }
}
