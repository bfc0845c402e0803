// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.wg;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.config.net.DeviceName;
import java.util.List;

/// `wg set`: what the words say.
record SetCommand(Invocation invocation) {
    int run() {
        List<String> words = invocation.arguments();
        if (words.size() < 2) {
            return WgCommands.misused(invocation, "set");
        }
        DeviceName name = new DeviceName(words.getFirst());
        try {
            return Changes.apply(invocation, name, SetArguments.parse(invocation, words.subList(1, words.size())));
        } catch (RefusalException refusal) {
            return refusal.print(invocation);
        }
    }
}
