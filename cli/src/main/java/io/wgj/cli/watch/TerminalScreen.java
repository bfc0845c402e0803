// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.watch;

import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.PollSet;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.SignalHandlers;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.Terminal;
import io.wgj.netlink.sys.TerminalMode;
import java.util.List;
import java.util.Optional;

/// The terminal of this process: its alternate screen, with the control sequences that xterm, the Linux
/// console, tmux and their like share.
///
/// INT, TERM and HUP restore the terminal and then end the process as they would have without us.
final class TerminalScreen implements Screen {
    private static final int SIGHUP = 1;
    private static final int SIGINT = 2;
    private static final int SIGTERM = 15;

    /// Alternate screen, cursor hidden, no line wrapping (xterm's control sequences, DECSET).
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[?7l";

    private static final String LEAVE = "\u001b[0m\u001b[?7h\u001b[?25h\u001b[?1049l";
    private static final String CLEAR = "\u001b[2J";
    private static final int DEFAULT_COLUMNS = 80;
    private static final int DEFAULT_ROWS = 24;

    private final NativeFile keys;
    private final NativeFile out;
    private final PollSet poll;
    private final TerminalMode mode;
    private final byte[] buffer = new byte[256];
    private List<String> shown = List.of();
    private int shownColumns;
    private int shownRows;
    private boolean gone;
    private boolean closed;

    private TerminalScreen(NativeFile keys, NativeFile out, TerminalMode mode) {
        this.keys = keys;
        this.out = out;
        this.mode = mode;
        this.poll = new PollSet(keys.descriptor());
    }

    /// Takes the terminal of standard output; empty when this process cannot read keys from it, or is about to
    /// end.
    static Optional<Screen> open() {
        try {
            NativeFile keys = NativeFile.open("/dev/tty", NativeFile.O_RDWR | NativeFile.O_NOCTTY, 0);
            TerminalScreen screen = new TerminalScreen(
                    keys, NativeFile.ofDescriptor(Terminal.STDOUT), TerminalMode.keyByKey(keys.descriptor()));
            // A signal that came before our handlers makes the JVM exit while this thread goes on.
            if (!screen.closesAtExit()) {
                screen.mode.restore();
                return Optional.empty();
            }
            screen.endWell("INT", SIGINT);
            screen.endWell("TERM", SIGTERM);
            screen.endWell("HUP", SIGHUP);
            screen.write(ENTER);
            return Optional.of(screen);
        } catch (SystemException _) {
            return Optional.empty();
        }
    }

    private boolean closesAtExit() {
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(this::close, "terminal"));
            return true;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private void endWell(String name, int number) {
        SignalHandlers.handle(name, () -> {
            close();
            ProgramImage.endBy(number);
        });
    }

    @Override
    public int columns() {
        int columns = Terminal.columns(Terminal.STDOUT);
        return columns > 0 ? columns : DEFAULT_COLUMNS;
    }

    @Override
    public int rows() {
        int rows = Terminal.rows(Terminal.STDOUT);
        return rows > 0 ? rows : DEFAULT_ROWS;
    }

    /// Writes only the lines that differ from those on the screen.
    @Override
    public void draw(List<String> lines) {
        StringBuilder text = new StringBuilder();
        boolean fresh = columns() != shownColumns || rows() != shownRows;
        shownColumns = columns();
        shownRows = rows();
        text.append(fresh ? CLEAR : "");
        int last = Math.max(lines.size(), fresh ? 0 : shown.size());
        for (int i = 0; i < last; i++) {
            String line = i < lines.size() ? lines.get(i) : "";
            if (fresh || i >= shown.size() || !shown.get(i).equals(line)) {
                text.append("\u001b[").append(i + 1).append(";1H\u001b[2K").append(line);
            }
        }
        shown = List.copyOf(lines);
        if (!text.isEmpty()) {
            write(text.toString());
        }
    }

    /// Not after [#close], which a signal may have called meanwhile.
    private synchronized void write(String text) {
        if (!closed) {
            send(text);
        }
    }

    private void send(String text) {
        try {
            out.write(Latin1.bytes(Latin1.ofUnicode(text)));
        } catch (SystemException _) {
            gone = true;
        }
    }

    @Override
    public List<Key> await(long millis) {
        if (poll.await(Math.clamp(millis, 0, Integer.MAX_VALUE)) == 0) {
            return List.of();
        }
        try {
            int length = keys.read(buffer, 0, buffer.length);
            gone |= length == 0;
            return Key.parse(Latin1.of(buffer, length));
        } catch (SystemException _) {
            gone = true;
            return List.of();
        }
    }

    @Override
    public boolean isGone() {
        return gone;
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            send(LEAVE);
            mode.restore();
        }
    }
}
