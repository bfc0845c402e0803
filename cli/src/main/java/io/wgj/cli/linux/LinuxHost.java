// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.DeviceCatalog;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.Files;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.Monitor;
import io.wgj.cli.host.Names;
import io.wgj.cli.host.OpenFile;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Latin1;
import io.wgj.diagnosis.check.HostFacts;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.monitor.protocol.StatusSocketPath;
import io.wgj.netlink.sys.BootClock;
import io.wgj.netlink.sys.Interfaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.Terminal;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// This process on this machine.
public final class LinuxHost implements Host {
    /// The JDK's text for EPIPE.
    private static final String BROKEN_PIPE = "Broken pipe";

    private final StringBuilder out = new StringBuilder(512);
    private String writeFailure = "";
    /// Standard output, once it is no longer descriptor 1.
    private @Nullable NativeFile taken;

    @Override
    public StringBuilder out() {
        return out;
    }

    /// On a terminal, where `wg` writes line by line, what was printed before comes first.
    @Override
    public void err(String text) {
        if (!out.isEmpty() && stdoutIsTerminal()) {
            flush();
        }
        write(FileDescriptor.err, text);
    }

    @Override
    public boolean flush() {
        if (!out.isEmpty()) {
            String failure = taken == null ? write(FileDescriptor.out, out.toString()) : write(taken, out.toString());
            writeFailure = writeFailure.isEmpty() ? failure : writeFailure;
            out.setLength(0);
        }
        return writeFailure.isEmpty();
    }

    /// Whether standard output is a pipe whose other end is closed. The JVM ignores the signal that ends a C
    /// program then.
    public boolean readerIsGone() {
        return writeFailure.equals(BROKEN_PIPE);
    }

    /// Why standard output was not written; empty when it was.
    public String writeFailure() {
        return writeFailure;
    }

    /// The C library's sentence for the error; empty when all was written.
    private static String write(FileDescriptor descriptor, String text) {
        // Not closed: closing the stream would close the descriptor.
        @SuppressWarnings("resource")
        FileOutputStream stream = new FileOutputStream(descriptor);
        try {
            stream.write(Latin1.bytes(text));
            return "";
        } catch (IOException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private static String write(NativeFile file, String text) {
        try {
            file.write(Latin1.bytes(text));
            return "";
        } catch (SystemException failure) {
            return failure.errno().sentence();
        }
    }

    @Override
    public InputStream in() {
        return new FileInputStream(FileDescriptor.in);
    }

    @Override
    public InputStream takeIn() {
        try {
            // Neither is closed: descriptor 0 stays open, and the duplicate as long as the process.
            @SuppressWarnings("resource")
            NativeFile duplicate = NativeFile.ofDescriptor(Terminal.STDIN).duplicate();
            try (NativeFile nothing = NativeFile.open("/dev/null")) {
                nothing.copyTo(Terminal.STDIN);
            }
            return new DescriptorInput(duplicate);
        } catch (SystemException _) {
            // Closed descriptors can be read too: reading says what is wrong.
            return in();
        }
    }

    @Override
    public void takeOut() {
        try {
            @SuppressWarnings("resource")
            NativeFile duplicate = NativeFile.ofDescriptor(Terminal.STDOUT).duplicate();
            @SuppressWarnings("resource")
            NativeFile errors = NativeFile.ofDescriptor(Terminal.STDERR);
            errors.copyTo(Terminal.STDOUT);
            taken = duplicate;
        } catch (SystemException _) {
            // One of the two is closed: nothing is lost.
            return;
        }
    }

    /// The JVM has decoded the environment as UTF-8; here it becomes bytes again.
    @Override
    public @Nullable String env(String name) {
        String value = System.getenv(name);
        return value == null ? null : Latin1.ofUnicode(value);
    }

    @Override
    public long nowSeconds() {
        return Math.floorDiv(System.currentTimeMillis(), 1000L);
    }

    @Override
    public long bootNanos() {
        return BootClock.nanos();
    }

    @Override
    public void sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException _) {
            // The main thread of a command is never interrupted.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public byte[] random(int count) {
        try {
            return Randomness.bytes(count);
        } catch (SystemException failure) {
            // getrandom(2) without flags fails only for wrong arguments.
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public boolean stdoutIsTerminal() {
        return Terminal.isTerminal(Terminal.STDOUT);
    }

    @Override
    public int columns() {
        String columns = env("COLUMNS");
        if (columns != null && columns.matches("[1-9][0-9]{0,3}")) {
            return Integer.parseInt(columns);
        }
        return stdoutIsTerminal() ? Terminal.columns(Terminal.STDOUT) : 0;
    }

    @Override
    public OptionalInt errorTerminal() {
        return Terminal.isTerminal(Terminal.STDERR)
                ? OptionalInt.of(Terminal.columns(Terminal.STDERR))
                : OptionalInt.empty();
    }

    @Override
    public int stdoutMode() {
        try {
            // Not closed: it is ours to write to.
            @SuppressWarnings("resource")
            NativeFile stdout = NativeFile.ofDescriptor(Terminal.STDOUT);
            return stdout.status().mode();
        } catch (SystemException _) {
            return 0;
        }
    }

    @Override
    public Files files() {
        // Classes, not lambdas: each lambda costs a short command half a millisecond.
        return new Files() {
            @Override
            public OpenFile open(String path) throws FileException {
                return LinuxFile.open(path);
            }
        };
    }

    @Override
    public DeviceCatalog devices() {
        return new LinuxDevices(new KernelLinks.OfThisNamespace(), new UapiSockets());
    }

    @Override
    public Names names() {
        return new LinuxNames();
    }

    @Override
    public QuickHost quick() {
        return new LinuxQuickHost();
    }

    @Override
    public Monitor monitor() {
        return new LinuxMonitor(StatusSocketPath.DEFAULT_FOLDER);
    }

    @Override
    public ScopeNames scopes() {
        return new ScopeNames() {
            @Override
            public String nameOf(int index) {
                return Interfaces.nameOf(index);
            }
        };
    }

    @Override
    public HostFacts facts() {
        return new LinuxHostFacts(this);
    }
}
