// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.schema.Schemas;
import java.util.List;

/// What became of one call.
///
/// @param code the exit code
/// @param out standard output
/// @param err standard error
public record Ran(int code, String out, String err) {
    /// Calls the program `wg` with `words` on `host`, whose earlier output is forgotten.
    public static Ran wg(MemoryHost host, String... words) {
        return of(InvokedAs.WG, "wg", host, words);
    }

    /// Calls the program `wgj`.
    public static Ran wgj(MemoryHost host, String... words) {
        return of(InvokedAs.WGJ, "wgj", host, words);
    }

    /// Calls the program `wg-quick`.
    public static Ran wgQuick(MemoryHost host, String... words) {
        return of(InvokedAs.WG_QUICK, "wg-quick", host, words);
    }

    /// Calls the program `wgj-quick`.
    public static Ran wgjQuick(MemoryHost host, String... words) {
        return of(InvokedAs.WGJ_QUICK, "wgj-quick", host, words);
    }

    /// Calls the program `invokedAs` under the name `program`. What it prints as JSON is of a published schema.
    public static Ran of(InvokedAs invokedAs, String program, MemoryHost host, String... words) {
        host.out().setLength(0);
        int before = host.printedErrors().length();
        int code = Programs.run(new Invocation(invokedAs, program, List.of(words), host));
        Ran ran = new Ran(code, host.out().toString(), host.printedErrors().substring(before));
        Schemas.check(ran.out());
        Schemas.check(ran.err());
        return ran;
    }
}
