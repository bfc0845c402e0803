// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

/// Settings of a terminal that reports each key at once and does not show it, until [#restore].
///
/// Ctrl-C still sends SIGINT. Ctrl-Z and Ctrl-\ have no effect, because they would leave the screen as it is.
public final class TerminalMode {
    private static final int TCGETS = 0x5401;
    private static final int TCSETS = 0x5402;

    /// `struct termios` (asm-generic/termbits.h): 0 u32 iflag, 4 u32 oflag, 8 u32 cflag, 12 u32 lflag, 16 u8
    /// line, 17 u8 cc[19].
    private static final int TERMIOS_SIZE = 36;

    private static final int LFLAG = 12;
    private static final int CC = 17;
    private static final int ICANON = 0x2;
    private static final int ECHO = 0x8;
    private static final int VQUIT = 1;
    private static final int VTIME = 5;
    private static final int VMIN = 6;
    private static final int VSUSP = 10;

    /// `_POSIX_VDISABLE` (unistd.h): no key.
    private static final byte NONE = 0;

    private final int descriptor;
    private final byte[] before;

    private TerminalMode(int descriptor, byte[] before) {
        this.descriptor = descriptor;
        this.before = before;
    }

    /// Changes the settings of the terminal at `descriptor`.
    ///
    /// @return the settings before, to be restored
    public static TerminalMode keyByKey(int descriptor) throws SystemException {
        byte[] before = new byte[TERMIOS_SIZE];
        try (NativeMemory termios = NativeMemory.allocate(TERMIOS_SIZE)) {
            Libc.IOCTL.call(descriptor, TCGETS, termios.address());
            termios.bytes().get(0, before);
            termios.bytes()
                    .putInt(LFLAG, termios.bytes().getInt(LFLAG) & ~(ICANON | ECHO))
                    .put(CC + VMIN, (byte) 1)
                    .put(CC + VTIME, (byte) 0)
                    .put(CC + VSUSP, NONE)
                    .put(CC + VQUIT, NONE);
            Libc.IOCTL.call(descriptor, TCSETS, termios.address());
        }
        return new TerminalMode(descriptor, before);
    }

    /// Restores the settings. Fails in silence: the terminal may be gone.
    public void restore() {
        try (NativeMemory termios = NativeMemory.ofBytes(before)) {
            Libc.IOCTL.attempt(descriptor, TCSETS, termios.address());
        }
    }
}
