// SPDX-License-Identifier: Apache-2.0
package com.kenai.jffi.internal;

/// Takes the place of jffi's own class of this name in the image. jffi's finds [java.lang.ref.Cleaner] by reflection,
/// for the sake of Java 8, and that reflection makes the JVM generate classes: a third of a short command's time.
public final class Cleaner {
    private static final java.lang.ref.Cleaner CLEANER = java.lang.ref.Cleaner.create();

    private Cleaner() {}

    /// Runs `cleanup` once `referent` is unreachable, or when the result is run, whichever is first.
    public static Runnable register(Object referent, Runnable cleanup) {
        java.lang.ref.Cleaner.Cleanable cleanable = CLEANER.register(referent, cleanup);
        return cleanable::clean;
    }
}
