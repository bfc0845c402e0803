// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import io.wgj.cli.host.ForwardingHost;
import io.wgj.cli.linux.LinuxHost;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// This machine, as the calling thread's namespaces show it, with an environment and a clock of the test's own;
/// what a command writes is kept. Standard output is a pipe.
public class CapturingHost extends ForwardingHost {
    private static final int S_IFIFO = 0010000;

    private final Map<String, String> environment;
    private final long nowSeconds;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    public CapturingHost(Map<String, String> environment, long nowSeconds) {
        super(new LinuxHost());
        this.environment = Map.copyOf(environment);
        this.nowSeconds = nowSeconds;
    }

    /// What the command did that ended with `exit`.
    public Ran ran(int exit) {
        return new Ran(exit, out.toString(), err.toString());
    }

    @Override
    public StringBuilder out() {
        return out;
    }

    /// The output is read at the end; there is no reader before.
    @Override
    public boolean flush() {
        return true;
    }

    @Override
    public void err(String text) {
        err.append(text);
    }

    @Override
    public InputStream in() {
        return InputStream.nullInputStream();
    }

    @Override
    public @Nullable String env(String name) {
        return environment.get(name);
    }

    @Override
    public long nowSeconds() {
        return nowSeconds;
    }

    @Override
    public boolean stdoutIsTerminal() {
        return false;
    }

    @Override
    public int stdoutMode() {
        return S_IFIFO;
    }
}
