// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli;

import io.wgj.cli.command.Call;
import io.wgj.cli.command.Face;
import io.wgj.cli.command.WgWords;
import io.wgj.cli.demo.Demo;
import io.wgj.cli.help.OwnWords;
import io.wgj.cli.json.JsonShow;
import io.wgj.cli.quick.QuickWords;

/// Which program answers a call. The rarer ones are named in one place each, so that their classes are loaded only when
/// they are called.
public final class Programs {
    private Programs() {}

    /// Runs `call`; the exit code.
    public static int run(Call call) {
        Face face = call.face();
        if (face == Face.WG) {
            return WgWords.runOriginal(call);
        }
        if (face == Face.WGJ) {
            return runWgj(call);
        }
        return QuickWords.run(call);
    }

    private static int runWgj(Call call) {
        if (JsonShow.isAskedFor(call.words())) {
            return new JsonShow(call).run();
        }
        int code = WgWords.run(call);
        if (code != WgWords.UNKNOWN) {
            return code;
        }
        boolean demo = !call.words().isEmpty() && call.words().getFirst().equals("demo");
        return demo ? Demo.run(call) : OwnWords.run(call);
    }
}
