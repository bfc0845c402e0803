// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.config.net.ScopeNames;
import io.wgj.diagnosis.check.HostFacts;
import java.io.InputStream;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Everything outside the process that a command may touch. All text is bytes, one a char (ISO-8859-1).
public interface Host {
    /// `S_IFMT` and `S_IFREG` (linux/stat.h): which kind of file a mode speaks of.
    int S_IFMT = 0170000;

    int S_IFREG = 0100000;

    /// Standard output; kept until the process ends, as `wg` does on a pipe.
    StringBuilder out();

    /// Writes the content of [#out()] now, for commands that report their progress. False when it was not all
    /// written, now or at an earlier call.
    boolean flush();

    /// Writes `text` to standard error, at once.
    void err(String text);

    /// Standard input.
    InputStream in();

    /// Standard input for the caller alone. Programs that this process starts from now on read nothing.
    default InputStream takeIn() {
        return in();
    }

    /// Keeps standard output for [#out()] alone. What programs print that this process starts from now on goes to
    /// standard error.
    default void takeOut() {}

    /// The value of an environment variable; null when unset.
    @Nullable
    String env(String name);

    /// Wall-clock seconds since 1970.
    long nowSeconds();

    /// Nanoseconds since the machine was started, sleep included.
    long bootNanos();

    /// Waits.
    void sleep(long milliseconds);

    /// `count` bytes fit for keys.
    byte[] random(int count);

    /// Whether standard output is a terminal.
    boolean stdoutIsTerminal();

    /// How many columns lines of standard output may have: what `COLUMNS` says, else the terminal's width; 0
    /// when neither is known.
    int columns();

    /// How many columns the terminal at standard error has, 0 when that is unknown; empty when it is no terminal.
    default OptionalInt errorTerminal() {
        return OptionalInt.empty();
    }

    /// `st_mode` of standard output; 0 when it is unknown.
    int stdoutMode();

    /// The files of the system.
    Files files();

    /// The devices of the system.
    DeviceCatalog devices();

    /// The names and services of the system.
    Names names();

    /// The additional needs of the commands of `wgj-quick`.
    QuickHost quick();

    /// The monitor of this network namespace.
    Monitor monitor();

    /// The names of interfaces by index.
    ScopeNames scopes();

    /// What the checks of configuration files ask about routes and programs.
    HostFacts facts();
}
