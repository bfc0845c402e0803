// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.cli.watch.PeerTable.Order;

/// What the keys have chosen. A value: each key makes another.
///
/// @param filter text that rows must have; empty for all
/// @param editing whether keys are added to the filter
/// @param top the first row that is shown, from 0; may be beyond the last row
/// @param help whether the keys are explained instead of the rows
/// @param ended whether the view is to be closed
record WatchView(
        Order order,
        boolean reversed,
        String filter,
        boolean editing,
        boolean paused,
        int top,
        boolean help,
        boolean ended) {
    private static final int LONGEST_FILTER = 64;

    /// All rows, the most active first.
    static final WatchView START = new WatchView(Order.ACTIVITY, false, "", false, false, 0, false, false);

    /// After a key.
    ///
    /// @param rows how many rows there are
    /// @param page how many the screen shows
    WatchView after(Key key, int rows, int page) {
        if (editing) {
            return edited(key);
        }
        if (help) {
            return key.is('q') ? ended(true) : help(false);
        }
        int last = Math.max(0, rows - page);
        int start = Math.min(top, last);
        return switch (key.kind()) {
            case CHARACTER -> afterCharacter(key.character(), last);
            case ESCAPE -> filter("", false);
            case UP -> top(Math.max(0, start - 1));
            case DOWN -> top(Math.min(last, start + 1));
            case PAGE_UP -> top(Math.max(0, start - page));
            case PAGE_DOWN -> top(Math.min(last, start + page));
            case HOME -> top(0);
            case END -> top(last);
            case ENTER, BACKSPACE, OTHER -> this;
        };
    }

    private WatchView afterCharacter(int character, int last) {
        return switch (character) {
            case 'q', 'Q' -> ended(true);
            case 's' -> order(order.next(1));
            case 'S' -> order(order.next(-1));
            case 'r' -> new WatchView(order, !reversed, filter, editing, paused, 0, help, ended);
            case 'p', ' ' -> new WatchView(order, reversed, filter, editing, !paused, top, help, ended);
            case '/' -> filter(filter, true);
            case '?', 'h' -> help(true);
            case 'k' -> top(Math.max(0, Math.min(top, last) - 1));
            case 'j' -> top(Math.min(last, top + 1));
            case 'g' -> top(0);
            case 'G' -> top(last);
            default -> this;
        };
    }

    private WatchView edited(Key key) {
        return switch (key.kind()) {
            case CHARACTER ->
                filter.length() < LONGEST_FILTER ? filter(filter + Character.toString(key.character()), true) : this;
            case BACKSPACE ->
                filter(
                        filter.isEmpty() ? "" : filter.substring(0, filter.offsetByCodePoints(filter.length(), -1)),
                        true);
            case ENTER -> filter(filter, false);
            case ESCAPE -> filter("", false);
            case UP, DOWN, PAGE_UP, PAGE_DOWN, HOME, END, OTHER -> this;
        };
    }

    private WatchView filter(String text, boolean edit) {
        return new WatchView(order, reversed, text, edit, paused, 0, help, ended);
    }

    private WatchView order(Order other) {
        return new WatchView(other, reversed, filter, editing, paused, 0, help, ended);
    }

    private WatchView top(int row) {
        return new WatchView(order, reversed, filter, editing, paused, row, help, ended);
    }

    private WatchView help(boolean shown) {
        return new WatchView(order, reversed, filter, editing, paused, top, shown, ended);
    }

    private WatchView ended(boolean end) {
        return new WatchView(order, reversed, filter, editing, paused, top, help, end);
    }
}
