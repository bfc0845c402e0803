// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import io.wgj.cli.host.DeviceCatalog;
import io.wgj.cli.host.Files;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.Names;
import io.wgj.cli.host.QuickHost;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.config.net.ScopeNames;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// This machine, as the calling thread's namespaces show it, with an environment and a clock of the test's own; what a
/// command writes is kept. Standard output is a pipe.
public final class CapturingHost implements Host {
    private static final int S_IFIFO = 0010000;

    private final Host machine = new LinuxHost();
    private final Map<String, String> environment;
    private final long nowSeconds;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    public CapturingHost(Map<String, String> environment, long nowSeconds) {
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

    /// There is nobody to hand it to before the end.
    @Override
    public void flush() {}

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
    public void sleep(long milliseconds) {
        machine.sleep(milliseconds);
    }

    @Override
    public byte[] random(int count) {
        return machine.random(count);
    }

    @Override
    public boolean stdoutIsTerminal() {
        return false;
    }

    @Override
    public int stdoutMode() {
        return S_IFIFO;
    }

    @Override
    public Files files() {
        return machine.files();
    }

    @Override
    public DeviceCatalog devices() {
        return machine.devices();
    }

    @Override
    public Names names() {
        return machine.names();
    }

    @Override
    public ScopeNames scopes() {
        return machine.scopes();
    }

    @Override
    public QuickHost quick() {
        return machine.quick();
    }
}
