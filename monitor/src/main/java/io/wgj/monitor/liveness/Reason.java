// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.liveness;

import java.util.OptionalLong;

/// Why a peer is in its state. Times stay times of CLOCK_BOOTTIME until [#text] renders them.
///
/// @param cause  the rule that matched
/// @param count  what the rule counted: attempts, missing answers, failed handshakes, or the seconds between
///               two keepalives; 0 where it counted nothing
/// @param calls  unanswered calls of the current silence
/// @param moment the time that the words name, in nanoseconds of CLOCK_BOOTTIME: mostly when the peer was last
///               heard; empty if it never was
/// @param detail what the kernel says, for [Cause#NO_ROUTE]; otherwise empty
public record Reason(Cause cause, int count, int calls, OptionalLong moment, String detail) {
    /// A reason without a detail.
    public Reason(Cause cause, int count, int calls, OptionalLong moment) {
        this(cause, count, calls, moment, "");
    }

    /// The reason in words, without the state: `calling since 12:03:07, 4 attempts, nothing heard`.
    public String text(WallClock clock) {
        return switch (cause) {
            case NO_SAMPLE -> "not sampled yet";
            case NO_HANDSHAKE -> "no handshake yet";
            case OLD_HANDSHAKE -> "no handshake within 180 s";
            case CALLS_STOPPED -> "no attempt since " + time(clock);
            case SILENCE -> "nothing heard since " + time(clock) + ", nothing tried";
            case CALLING -> "calling since " + time(clock) + ", " + plural(count, "attempt") + ", nothing heard";
            case HANDSHAKE -> "handshake at " + time(clock);
            case HEARD -> "heard at " + time(clock);
            case PROBE_ANSWERED -> "probe answered at " + time(clock);
            case CALLS_UNANSWERED -> plural(count, "call") + " unanswered, " + lastHeard(clock);
            case ANSWERS_MISSING ->
                plural(count, "answer") + " missing, " + plural(calls, "call") + " unanswered, " + lastHeard(clock);
            case HANDSHAKES_FAILED -> plural(count, "handshake") + " tried, none completed, " + lastHeard(clock);
            case CALLS_GIVEN_UP -> "WireGuard gave up after " + plural(count, "attempt") + ", " + lastHeard(clock);
            case CANNOT_SEND -> "this host cannot send: both counters stand still since " + time(clock);
            case KEEPALIVES_STOPPED -> "its keepalives, one every " + count + " s, have stopped, " + lastHeard(clock);
            case NO_ROUTE -> detail + ", " + lastHeard(clock);
            case ROUTE_UNPROVEN -> "there is a route again since " + time(clock) + ", nothing heard yet";
            case ROUTE_RETURNED -> "there is a route again since " + time(clock);
            case DOWN_BEFORE_RESTART -> "down before the monitor restarted, no handshake since";
        };
    }

    private String lastHeard(WallClock clock) {
        return moment.isPresent() ? "last heard at " + time(clock) : "never heard";
    }

    private String time(WallClock clock) {
        return moment.isPresent() ? clock.time(moment.getAsLong()) : "an unknown time";
    }

    private static String plural(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
