// SPDX-License-Identifier: Apache-2.0
package io.wgj.monitor.run;

import io.wgj.monitor.hooks.HookProcesses;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/// The monitor's external dependencies.
///
/// @param wake makes the monitor's thread start its next round soon; any thread may call it
/// @param hookThreads where hooks run, each for up to its time limit
/// @param log takes a line of text, with its keys hidden; any thread may call it, and is never kept waiting
public record MonitorPorts(
        MonitorClock clock,
        InterfaceFinder finder,
        DeviceReader reader,
        SettingsSource settings,
        StateStore store,
        HookProcesses hooks,
        Runnable wake,
        Executor hookThreads,
        Consumer<String> log) {}
