// SPDX-License-Identifier: Apache-2.0
package com.kenai.jffi.internal;

import org.jspecify.annotations.Nullable;

/// Takes the place of jffi's own class of this name in the image. jffi's finds [java.lang.ref.Cleaner] by
/// reflection, for the sake of Java 8, and that reflection makes the JVM generate classes: a third of a short
/// command's time.
///
/// This one watches nothing. What wgj gets from jffi, one call context for each number of arguments, it keeps
/// for its whole life, and a thread that waits for their end would cost each command a start.
public final class Cleaner {
    private Cleaner() {}

    /// Runs `cleanup` when the result is run for the first time.
    ///
    /// @param referent what jffi's own class would watch
    public static Runnable register(Object referent, Runnable cleanup) {
        return new Cleaning(cleanup);
    }

    private static final class Cleaning implements Runnable {
        private @Nullable Runnable cleanup;

        Cleaning(Runnable cleanup) {
            this.cleanup = cleanup;
        }

        @Override
        public synchronized void run() {
            Runnable first = cleanup;
            cleanup = null;
            if (first != null) {
                first.run();
            }
        }
    }
}
