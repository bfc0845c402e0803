// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.command;

import io.wgj.config.text.Latin1;
import java.io.IOException;
import java.io.InputStream;

/// What the programs call themselves.
public final class Version {
    /// The release of wireguard-tools whose behaviour this is, in the line that scripts look for.
    public static final String ORIGINAL = "wireguard-tools v1.0.20260223 - https://git.zx2c4.com/wireguard-tools/";

    private Version() {}

    /// Prints the original's line with our own version in it; the exit code.
    public static int print(Invocation invocation) {
        if (invocation.words().size() > 1) {
            invocation.complain(invocation.words().getFirst() + ": too many words");
            invocation.host().err("Usage: " + invocation.program() + " --version\n");
            return ExitCode.MISUSED;
        }
        invocation.out().append(ORIGINAL).append(" (wgj ").append(own()).append(")\n");
        return ExitCode.DONE;
    }

    /// Our own version, as the build wrote it into the jar.
    private static String own() {
        try (InputStream in = Version.class.getResourceAsStream("/io/wgj/cli/version.txt")) {
            return in == null ? "unknown" : Latin1.of(in.readAllBytes()).strip();
        } catch (IOException _) {
            return "unknown";
        }
    }
}
