// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A terminal whose keys are prepared. Waiting lets the time of the host pass.
final class FakeScreen implements Screen {
    final List<String> frames = new ArrayList<>();
    /// What is pressed at each wait; a wait without an entry presses nothing.
    final Deque<Runnable> waits = new ArrayDeque<>();
    int columns = 80;
    int rows = 10;
    boolean gone;
    boolean closed;
    private List<Key> pressed = List.of();
    private final java.util.function.LongConsumer pass;

    FakeScreen(java.util.function.LongConsumer pass) {
        this.pass = pass;
    }

    void press(String keys) {
        waits.add(() -> pressed = Key.parse(keys));
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public void draw(List<String> lines) {
        frames.add(String.join("\n", lines));
    }

    @Override
    public List<Key> await(long millis) {
        pass.accept(millis);
        pressed = List.of();
        if (!waits.isEmpty()) {
            waits.remove().run();
        }
        return pressed;
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    @Override
    public void close() {
        closed = true;
    }
}
