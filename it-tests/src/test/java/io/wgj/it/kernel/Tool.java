// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.it.CapturingHost;
import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import io.wgj.it.Reference;
import java.util.List;
import java.util.Map;

/// The two programs called `wg`. Either works in the network namespace of the calling thread: a process starts
/// where the thread is that starts it.
enum Tool {
    /// As a process.
    ORIGINAL {
        @Override
        Ran run(Map<String, String> environment, List<String> words) {
            Command command = Reference.wg(words.toArray(String[]::new));
            for (String name : List.of("WG_COLOR_MODE", "WG_HIDE_KEYS", "WG_ENDPOINT_RESOLUTION_RETRIES")) {
                command = command.env(name, environment.getOrDefault(name, ""));
            }
            return command.run();
        }

        @Override
        Command command(String... words) {
            return Reference.wg(words);
        }
    },

    /// In this process.
    OURS {
        @Override
        Ran run(Map<String, String> environment, List<String> words) {
            return oursAt(System.currentTimeMillis() / 1000, environment, words);
        }

        @Override
        Command command(String... words) {
            return Product.wg(words);
        }
    };

    /// Runs it to its end, with none of wg's variables set but those of `environment`.
    abstract Ran run(Map<String, String> environment, List<String> words);

    /// The same as a process to come.
    abstract Command command(String... words);

    /// Ours, when the clock says `nowSeconds`.
    static Ran oursAt(long nowSeconds, Map<String, String> environment, List<String> words) {
        CapturingHost host = new CapturingHost(environment, nowSeconds);
        return host.ran(Programs.run(new Invocation(InvokedAs.WG, "wg", words, host)));
    }
}
