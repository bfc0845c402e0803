// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink.sys;

import java.util.List;
import java.util.Set;

/// The open descriptors of this process.
public final class Descriptors {
    private static final String FOLDER = "/proc/self/fd";
    private static final int LAST_STANDARD = 2;
    private static final int F_GETFD = 1;
    private static final int F_SETFD = 2;
    private static final int FD_CLOEXEC = 1;

    private Descriptors() {}

    /// Closes every inherited descriptor except 0, 1, 2 and those in `kept`. Call it before other threads
    /// open files. A descriptor counts as inherited when the next program would inherit it, too: this package
    /// opens none of that kind, and the JVM opens only its own image and the class path, which stay open.
    public static void closeInherited(Set<Integer> kept) {
        List<String> own = List.of(folderOf(System.getProperty("java.home", "") + "/release"), classPathFolder());
        List<String> entries;
        try {
            entries = NativeFile.list(FOLDER);
        } catch (SystemException _) {
            // Without /proc the open descriptors are unknown.
            return;
        }
        for (int i = 0; i < entries.size(); i++) {
            int descriptor = Integer.parseInt(entries.get(i));
            if (descriptor > LAST_STANDARD
                    && !kept.contains(descriptor)
                    && isInherited(descriptor)
                    && !isIn(own, descriptor)) {
                Libc.CLOSE.raw(descriptor);
            }
        }
    }

    /// Keeps children from inheriting a descriptor that a library has opened.
    public static void closeInChildren(int descriptor) throws SystemException {
        Libc.FCNTL.call(descriptor, F_SETFD, FD_CLOEXEC);
    }

    private static String classPathFolder() {
        String path = System.getProperty("java.class.path", "");
        int end = path.indexOf(':');
        return folderOf(end < 0 ? path : path.substring(0, end));
    }

    /// Without symbolic links, with a `/` at its end; `//` where there is no such folder.
    private static String folderOf(String file) {
        try {
            String real = NativeFile.realPath(file);
            return real.substring(0, real.lastIndexOf('/') + 1);
        } catch (SystemException _) {
            return "//";
        }
    }

    /// Whether the path is a file in one of the folders.
    private static boolean isIn(List<String> folders, int descriptor) {
        try {
            String file = NativeFile.readLink(FOLDER + "/" + descriptor);
            for (int i = 0; i < folders.size(); i++) {
                if (file.startsWith(folders.get(i))) {
                    return true;
                }
            }
            return false;
        } catch (SystemException _) {
            return false;
        }
    }

    private static boolean isInherited(int descriptor) {
        try {
            return (Libc.FCNTL.call(descriptor, F_GETFD, 0) & FD_CLOEXEC) == 0;
        } catch (SystemException _) {
            return false;
        }
    }
}
