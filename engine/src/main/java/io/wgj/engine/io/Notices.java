// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.io;

/// Where the doors say what an operator should know: an offload that was switched off, and why.
@FunctionalInterface
public interface Notices {
    Notices NONE = _ -> {};

    /// One sentence, without a line end. Called from any thread, seldom: never per packet.
    void say(String sentence);
}
