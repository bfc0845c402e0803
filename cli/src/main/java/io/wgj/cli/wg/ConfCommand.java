// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.device.DeviceDiff;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.net.DeviceName;

/// `wg setconf`, `addconf` and `syncconf`: what a file says. The file is read and its names are looked up before the
/// device is touched.
record ConfCommand(Invocation invocation, String command) {
    int run() {
        if (invocation.words().size() != 3) {
            return WgCommands.misused(invocation, command);
        }
        // The original cuts the name before it does anything, also for the reading that syncconf does.
        DeviceName name = new DeviceName(invocation.words().get(1)).truncated();
        try {
            TunnelFile file = ConfFile.parse(invocation, invocation.words().get(2));
            EndpointResolver resolver = new EndpointResolver(invocation.host());
            if (file.hasEndpoint()) {
                resolver.checkRetries();
            }
            return apply(name, command.equals("addconf") ? file.adding(resolver) : file.replacing(resolver));
        } catch (LocatedResolveException unknown) {
            invocation.report(
                    unknown.failure().reason() + ": `" + unknown.failure().text() + "'");
            invocation.report("Configuration parsing error");
            invocation.remark(unknown.place() + ": " + EndpointResolver.explain(unknown.failure()));
            return 1;
        } catch (RefusalException refusal) {
            return refusal.print(invocation);
        }
    }

    private int apply(DeviceName name, DeviceUpdate update) {
        if (!command.equals("syncconf") || update.peers().isEmpty()) {
            return Changes.apply(invocation, name, update);
        }
        try {
            return Changes.apply(invocation, name, DeviceDiff.sync(ShowCommand.read(invocation.host(), name), update));
        } catch (DeviceException failure) {
            invocation.report("Unable to retrieve current interface configuration: " + ErrorReport.sentence(failure));
            ErrorReport.addReading(invocation, name, failure);
            return 1;
        }
    }
}
