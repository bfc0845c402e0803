// SPDX-License-Identifier: Apache-2.0
package com.kenai.jffi;

import java.io.File;

/// Takes the place of jffi's own class of this name in the image, where the native stub lies unpacked and a
/// property names its folder. The class of jffi finds its loader by reflection and sets up java.util.logging,
/// which costs as much as a JVM.
final class Init {
    private static boolean loaded;

    private Init() {}

    /// Loads the native stub, once. jffi calls it before its first native method.
    static synchronized void load() {
        if (!loaded) {
            File folder = new File(System.getProperty("jffi.boot.library.path"));
            System.load(new File(folder, System.mapLibraryName("jffi-1.2")).getAbsolutePath());
            loaded = true;
        }
    }
}
