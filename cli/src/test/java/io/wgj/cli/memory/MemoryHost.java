// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.cli.host.Files;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.host.Names;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.ScopeNames;
import io.wgj.diagnosis.check.HostFacts;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A machine in memory. Nothing waits, and what a command printed can be read.
public final class MemoryHost implements Host, Names {
    public final Map<String, String> environment = new HashMap<>();
    public final MemoryFiles files = new MemoryFiles();
    public final MemoryDevices devices = new MemoryDevices();
    public final MemoryQuick quick = new MemoryQuick(files);
    public final MemoryMonitor monitor = new MemoryMonitor();
    public final List<Long> sleeps = new ArrayList<>();
    /// What happens whenever a command sleeps.
    public Runnable whileAsleep = () -> {};
    public final List<String> lookups = new ArrayList<>();
    public final Map<String, List<Endpoint.Numeric>> hosts = new HashMap<>();
    public long now = 1_700_000_000;
    public boolean terminal;
    public int columns;
    public OptionalInt errorTerminal = OptionalInt.empty();
    /// How long each look at the clock takes.
    public long clockStepNanos;
    private long clockNanos;
    public boolean outputIsTaken = true;
    public int stdoutMode = 0010600;
    public byte[] randomness = new byte[32];
    /// Whether each call for random numbers gives others.
    public boolean randomnessVaries;
    public @Nullable LookupException lookupFailure;
    /// What the checks of files hear about routes and programs.
    public HostFacts facts = HostFacts.UNKNOWN;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();
    private byte[] in = {};

    /// Makes `text` standard input.
    public void type(String text) {
        in = text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /// What was printed on standard error so far.
    public String printedErrors() {
        return err.toString();
    }

    @Override
    public StringBuilder out() {
        return out;
    }

    /// What was printed stays readable.
    @Override
    public boolean flush() {
        return outputIsTaken;
    }

    @Override
    public void err(String text) {
        err.append(text);
    }

    @Override
    public InputStream in() {
        return new ByteArrayInputStream(in);
    }

    @Override
    public @Nullable String env(String name) {
        return environment.get(name);
    }

    @Override
    public long nowSeconds() {
        return now;
    }

    /// As far as commands have slept.
    @Override
    public long bootNanos() {
        long millis = 0;
        for (long slept : sleeps) {
            millis += slept;
        }
        clockNanos += clockStepNanos;
        return millis * 1_000_000 + clockNanos;
    }

    @Override
    public void sleep(long milliseconds) {
        sleeps.add(milliseconds);
        whileAsleep.run();
    }

    @Override
    public byte[] random(int count) {
        randomness[1] += (byte) (randomnessVaries ? 1 : 0);
        return java.util.Arrays.copyOf(randomness, count);
    }

    @Override
    public boolean stdoutIsTerminal() {
        return terminal;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public OptionalInt errorTerminal() {
        return errorTerminal;
    }

    @Override
    public int stdoutMode() {
        return stdoutMode;
    }

    @Override
    public Files files() {
        return files;
    }

    @Override
    public MemoryDevices devices() {
        return devices;
    }

    @Override
    public Names names() {
        return this;
    }

    @Override
    public MemoryMonitor monitor() {
        return monitor;
    }

    @Override
    public MemoryQuick quick() {
        return quick;
    }

    @Override
    public HostFacts facts() {
        return facts;
    }

    /// Interface 1 is `lo`.
    @Override
    public ScopeNames scopes() {
        return index -> index == 1 ? "lo" : "";
    }

    /// Every name is 192.0.2.9, every service 53, unless look-ups are to fail.
    @Override
    public Endpoint.Numeric lookup(String host, String service) throws LookupException {
        lookups.add(host + " " + service);
        failIfWanted();
        return new Endpoint.Numeric(IpAddress.ofV4(0xc0000209), 53);
    }

    /// The addresses of `hosts`; 192.0.2.9 for other names.
    @Override
    public List<Endpoint.Numeric> addresses(String name) throws LookupException {
        lookups.add(name);
        failIfWanted();
        return hosts.getOrDefault(name, List.of(new Endpoint.Numeric(IpAddress.ofV4(0xc0000209), 0)));
    }

    @Override
    public int port(String service) throws LookupException {
        lookups.add(service);
        failIfWanted();
        return 53;
    }

    private void failIfWanted() throws LookupException {
        if (lookupFailure != null) {
            throw lookupFailure;
        }
    }
}
