// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.path;

/// What is said of an exception that should not exist.
final class Mistakes {
    private Mistakes() {}

    static String described(RuntimeException mistake) {
        StackTraceElement[] stack = mistake.getStackTrace();
        String place = stack.length == 0 ? "" : " at " + stack[0];
        return "a mistake of the engine's own, survived; please report it: " + mistake + place;
    }
}
