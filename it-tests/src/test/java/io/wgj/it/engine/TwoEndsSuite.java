// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;

/// Tests that run once for each of several implementations at the other end. One pair of processes serves all
/// tests of a run. Subclasses name the implementations by an `@EnumSource`.
@Tag("namespace")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ParameterizedClass(name = "with {0}")
abstract class TwoEndsSuite {
    @Parameter
    @SuppressWarnings("NullAway.Init") // JUnit sets it before it calls anything.
    Software other;

    @SuppressWarnings("NullAway.Init") // JUnit calls start() first.
    Ends ends;

    @BeforeParameterizedClassInvocation
    void start() throws Exception {
        ends = new Ends(other);
        prepare();
    }

    /// Called once both ends are there.
    void prepare() throws Exception {}

    @AfterParameterizedClassInvocation
    void stop() {
        ends.close();
    }
}
