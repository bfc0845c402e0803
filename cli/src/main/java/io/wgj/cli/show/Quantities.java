// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.show;

/// Sizes and spans of time in the words of `wg show`.
final class Quantities {
    private static final long[] UNIT_SECONDS = {365L * 24 * 60 * 60, 24L * 60 * 60, 60L * 60, 60L, 1L};
    private static final String[] UNIT_NAMES = {"year", "day", "hour", "minute", "second"};

    private Quantities() {}

    /// `1 hour, 1 second`: the units that are not zero; nothing at all for 0.
    static void duration(Paint out, long seconds) {
        long left = seconds;
        boolean first = true;
        for (int i = 0; i < UNIT_SECONDS.length; i++) {
            long count = Long.divideUnsigned(left, UNIT_SECONDS[i]);
            left = Long.remainderUnsigned(left, UNIT_SECONDS[i]);
            if (count == 0) {
                continue;
            }
            String unit = UNIT_NAMES[i];
            out.text(first ? "" : ", ").number(count).text(" ").in(Paint.CYAN, count == 1 ? unit : unit + "s");
            first = false;
        }
    }

    /// `Now`, `5 seconds ago`, or a word about the clock when `then` lies ahead.
    static void ago(Paint out, long now, long then) {
        if (now == then) {
            out.text("Now");
        } else if (then > now) {
            out.text("(")
                    .in(Paint.RED, "System clock wound backward; connection problems may ensue.")
                    .text(")");
        } else {
            duration(out, now - then);
            out.text(" ago");
        }
    }

    /// `148 B`, `1.12 KiB`, up to TiB.
    ///
    /// @param bytes unsigned
    static void bytes(Paint out, long bytes) {
        if (bytes >= 0 && bytes < 1024) {
            out.number(bytes).text(" ").in(Paint.CYAN, "B");
        } else if (bytes >= 0 && bytes < 1L << 20) {
            out.text(hundredths(bytes, 10)).in(Paint.CYAN, "KiB");
        } else if (bytes >= 0 && bytes < 1L << 30) {
            out.text(hundredths(bytes, 20)).in(Paint.CYAN, "MiB");
        } else if (bytes >= 0 && bytes < 1L << 40) {
            out.text(hundredths(bytes, 30)).in(Paint.CYAN, "GiB");
        } else {
            out.text(hundredths(bytes, 40)).in(Paint.CYAN, "TiB");
        }
    }

    /// `bytes / 2^shift` with two decimals and a blank, as C's printf rounds a `double`: the exact binary value,
    /// ties to even. Java's own formatter rounds ties up, and costs a start-up more than this whole line of
    /// output.
    private static String hundredths(long bytes, int shift) {
        // The nearest double of an unsigned number: halved with the lost bit kept sticky, then doubled exactly.
        double value = bytes >= 0 ? (double) bytes : (double) (bytes >>> 1 | bytes & 1) * 2;
        double unit = 1L << shift;
        long whole = (long) (value / unit);
        long scaled = ((long) (value - whole * unit)) * 100;
        long hundredths = scaled >>> shift;
        long rest = scaled & (1L << shift) - 1;
        long half = 1L << shift - 1;
        if (rest > half || rest == half && (hundredths & 1) == 1) {
            hundredths++;
        }
        if (hundredths == 100) {
            whole++;
            hundredths = 0;
        }
        return whole + (hundredths < 10 ? ".0" : ".") + hundredths + " ";
    }
}
