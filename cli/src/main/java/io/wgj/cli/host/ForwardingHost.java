// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.config.net.ScopeNames;
import io.wgj.diagnosis.check.HostFacts;
import java.io.InputStream;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Forwards to another host, except for the methods that a subclass overrides. It serves callers that run commands
/// and capture or replace a part of their environment. A process started as `wg` never loads it.
public abstract class ForwardingHost implements Host {
    private final Host machine;

    /// @param machine for the methods that the subclass does not override
    protected ForwardingHost(Host machine) {
        this.machine = machine;
    }

    @Override
    public StringBuilder out() {
        return machine.out();
    }

    @Override
    public boolean flush() {
        return machine.flush();
    }

    @Override
    public void err(String text) {
        machine.err(text);
    }

    @Override
    public InputStream in() {
        return machine.in();
    }

    @Override
    public @Nullable String env(String name) {
        return machine.env(name);
    }

    @Override
    public long nowSeconds() {
        return machine.nowSeconds();
    }

    @Override
    public long bootNanos() {
        return machine.bootNanos();
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
        return machine.stdoutIsTerminal();
    }

    @Override
    public int columns() {
        return machine.columns();
    }

    @Override
    public OptionalInt errorTerminal() {
        return machine.errorTerminal();
    }

    @Override
    public int stdoutMode() {
        return machine.stdoutMode();
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
    public QuickHost quick() {
        return machine.quick();
    }

    @Override
    public Monitor monitor() {
        return machine.monitor();
    }

    @Override
    public ScopeNames scopes() {
        return machine.scopes();
    }

    @Override
    public HostFacts facts() {
        return machine.facts();
    }
}
