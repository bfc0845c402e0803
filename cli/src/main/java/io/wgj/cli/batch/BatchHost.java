// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.cli.command.Progress;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Files;
import io.wgj.cli.host.ForwardingHost;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.QuickHost;
import io.wgj.netlink.sys.Errno;
import java.io.InputStream;

/// The machine as the command of one line sees it. Standard input belongs to the batch when its lines come from
/// there, and what is printed can be captured.
final class BatchHost extends ForwardingHost {
    private final Host machine;
    private final boolean linesFromInput;
    private final boolean captures;
    private final Progress progress;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    /// @param linesFromInput whether the batch reads standard input
    /// @param captures whether output and errors are kept for [#takePrinted] and [#takeErrors]
    /// @param progress whose line is removed before anything is printed
    BatchHost(Host machine, boolean linesFromInput, boolean captures, Progress progress) {
        super(machine);
        this.progress = progress;
        this.machine = machine;
        this.linesFromInput = linesFromInput;
        this.captures = captures;
    }

    /// What was printed since the last call; nothing unless it is captured.
    String takePrinted() {
        return take(out);
    }

    /// The same for standard error.
    String takeErrors() {
        return take(err);
    }

    private static String take(StringBuilder text) {
        String taken = text.toString();
        text.setLength(0);
        return taken;
    }

    @Override
    public StringBuilder out() {
        return captures ? out : machine.out();
    }

    @Override
    public boolean flush() {
        if (!machine.out().isEmpty()) {
            progress.clear();
        }
        return captures || machine.flush();
    }

    @Override
    public void err(String text) {
        if (captures) {
            err.append(text);
        } else {
            progress.clear();
            machine.err(text);
        }
    }

    @Override
    public InputStream in() {
        return linesFromInput ? InputStream.nullInputStream() : machine.in();
    }

    @Override
    public boolean stdoutIsTerminal() {
        return !captures && machine.stdoutIsTerminal();
    }

    @Override
    public int stdoutMode() {
        return captures ? 0 : machine.stdoutMode();
    }

    /// Standard input is refused, by whichever path, while the batch reads it: an empty configuration would erase
    /// a device.
    @Override
    public Files files() {
        if (!linesFromInput) {
            return machine.files();
        }
        return path -> {
            if (isStandardInput(path)) {
                throw new FileException(Errno.EBUSY, "standard input, which holds the lines of the batch");
            }
            return machine.files().open(path);
        };
    }

    private static boolean isStandardInput(String path) {
        return switch (path) {
            case "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0" -> true;
            default -> false;
        };
    }

    @Override
    public QuickHost quick() {
        return new BatchQuickHost(machine.quick());
    }
}
