// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixDatagrams;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Tells the service manager how the monitor is doing (sd_notify(3)). Does nothing without one.
final class ServiceNotifier implements AutoCloseable {
    private static final long NANOS_PER_MICRO = 1_000;

    private final String path;
    private final long watchdogNanos;
    private @Nullable UnixDatagrams socket;
    private String status = "";
    private long nextPing;

    /// @param variables returns the value of an environment variable; null when unset
    ServiceNotifier(Function<String, @Nullable String> variables) {
        String socketPath = variables.apply("NOTIFY_SOCKET");
        path = socketPath == null ? "" : socketPath;
        watchdogNanos = watchdog(variables.apply("WATCHDOG_USEC"), variables.apply("WATCHDOG_PID"));
    }

    private static long watchdog(@Nullable String micros, @Nullable String process) {
        if (micros == null
                || process != null
                        && !process.equals(
                                String.valueOf(ProcessHandle.current().pid()))) {
            return 0;
        }
        try {
            return Math.max(0, Math.multiplyExact(Long.parseLong(micros), NANOS_PER_MICRO));
        } catch (ArithmeticException | NumberFormatException _) {
            return 0;
        }
    }

    /// When the manager has to hear from the monitor next; `Long.MAX_VALUE` for never.
    long due() {
        return watchdogNanos == 0 ? Long.MAX_VALUE : nextPing;
    }

    /// Says that the monitor's thread has finished a round.
    void alive(long now) {
        if (watchdogNanos > 0 && nextPing <= now) {
            nextPing = now + watchdogNanos / 3;
            send("WATCHDOG=1");
        }
    }

    void ready() {
        send("READY=1");
    }

    void stopping() {
        send("STOPPING=1");
    }

    /// Says what the monitor is doing, in one line.
    void status(String text) {
        if (!text.equals(status)) {
            status = text;
            send("STATUS=" + text);
        }
    }

    private void send(String text) {
        if (path.isEmpty()) {
            return;
        }
        try {
            if (socket == null) {
                socket = UnixDatagrams.open();
            }
            socket.send(path, text);
        } catch (SystemException _) {
            // The manager restarts, perhaps; there is no other place to report it.
            return;
        }
    }

    @Override
    public void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
