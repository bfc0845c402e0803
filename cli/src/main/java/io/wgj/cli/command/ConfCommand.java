// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.device.DeviceDiff;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.file.LocatedResolveException;
import io.wgj.config.file.WgConfig;
import io.wgj.config.file.WgPeer;
import io.wgj.config.net.DeviceName;

/// `wg setconf`, `addconf` and `syncconf`: what a file says. The file is read and its names are looked up before the
/// device is touched.
record ConfCommand(Call call, String command) {
    int run() {
        if (call.words().size() != 3) {
            return WgWords.misused(call, command);
        }
        // The original cuts the name before it does anything, also for the reading that syncconf does.
        DeviceName name = new DeviceName(call.words().get(1)).truncated();
        try {
            WgConfig config = ConfFile.parse(call, call.words().get(2));
            EndpointResolver resolver = new EndpointResolver(call.host());
            for (WgPeer peer : config.peers()) {
                if (peer.endpoint().isPresent()) {
                    resolver.checkRetries();
                }
            }
            return apply(name, command.equals("addconf") ? config.adding(resolver) : config.replacing(resolver));
        } catch (LocatedResolveException unknown) {
            call.say(unknown.failure().reason() + ": `" + unknown.failure().text() + "'");
            call.say("Configuration parsing error");
            call.add(unknown.place() + ": " + EndpointResolver.explain(unknown.failure()));
            return 1;
        } catch (RefusalException refusal) {
            return refusal.print(call);
        }
    }

    private int apply(DeviceName name, DeviceUpdate update) {
        if (!command.equals("syncconf") || update.peers().isEmpty()) {
            return Changes.apply(call, name, update);
        }
        try {
            return Changes.apply(call, name, DeviceDiff.sync(ShowCommand.read(call.host(), name), update));
        } catch (DeviceException failure) {
            call.say("Unable to retrieve current interface configuration: " + ErrorReport.sentence(failure));
            ErrorReport.addReading(call, name, failure);
            return 1;
        }
    }
}
