// SPDX-License-Identifier: Apache-2.0
package com.kenai.jffi.internal;

/// Takes the place of jffi's own class of this name in the image. jffi's finds [java.lang.ref.Cleaner] by
/// reflection, for the sake of Java 8, and that reflection makes the JVM generate classes: a third of a short
/// command's time.
public final class Cleaner {
    private static final java.lang.ref.Cleaner CLEANER = java.lang.ref.Cleaner.create();

    private Cleaner() {}

    /// Runs `cleanup` once `referent` is unreachable, or when the result is run, whichever is first.
    public static Runnable register(Object referent, Runnable cleanup) {
        return new Cleaning(CLEANER.register(referent, cleanup));
    }

    /// No lambda: the short commands' cache is made without linking (docs/decisions/008), so that one would be put
    /// together in every run.
    private static final class Cleaning implements Runnable {
        private final java.lang.ref.Cleaner.Cleanable cleanable;

        Cleaning(java.lang.ref.Cleaner.Cleanable cleanable) {
            this.cleanable = cleanable;
        }

        @Override
        public void run() {
            cleanable.clean();
        }
    }
}
