// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.net.DeviceName;
import java.util.List;

/// `wg set`: what the words say.
record SetCommand(Call call) {
    int run() {
        List<String> words = call.arguments();
        if (words.size() < 2) {
            return WgWords.misused(call, "set");
        }
        DeviceName name = new DeviceName(words.getFirst());
        try {
            return Changes.apply(call, name, SetArguments.parse(call, words.subList(1, words.size())));
        } catch (RefusalException refusal) {
            return refusal.print(call);
        }
    }
}
