// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;

/// Reads and writes kernel settings. Network settings are those of the calling thread's namespace.
final class Sysctls {
    private final String folder;

    /// @param folder of all settings, with a slash at its end
    Sysctls(String folder) {
        this.folder = folder;
    }

    /// The value of a setting, without its newline.
    String read(String key) throws StepException {
        try {
            return Latin1.of(NativeFile.readAll(path(key))).trim();
        } catch (SystemException e) {
            throw Failures.of("sysctl: cannot stat " + path(key), e.errno());
        }
    }

    /// Changes a setting. One that has the value already is not written, because containers forbid writing.
    void write(String key, String value) throws StepException {
        if (read(key).equals(value)) {
            return;
        }
        try (NativeFile file = NativeFile.open(path(key), NativeFile.O_WRONLY, 0)) {
            file.write(Latin1.bytes(value + "\n"));
        } catch (SystemException e) {
            StepException failure = Failures.of("sysctl: setting key \"" + key + "\"", e.errno());
            boolean readOnly = e.errno().is(Errno.EROFS)
                    || e.errno().is(Errno.EACCES)
                    || e.errno().is(Errno.EPERM);
            throw readOnly
                    ? failure.withHint("settings cannot be written here; start the container with `--sysctl " + key
                            + "=" + value + "', or run `sysctl -w " + key + "=" + value + "' where they can be written")
                    : failure;
        }
    }

    /// Whether a setting, or a folder of settings, exists.
    boolean exists(String key) {
        try {
            NativeFile.status(path(key));
            return true;
        } catch (SystemException _) {
            return false;
        }
    }

    /// Whether a setting exists and is 1. The name of a link in it may contain dots.
    boolean isOn(String prefix, String link, String name) {
        try {
            return NativeFile.readAll(path(prefix) + "/" + link + "/" + name)[0] == '1';
        } catch (SystemException _) {
            return false;
        }
    }

    /// Makes a link keep its other IPv4 addresses of a network when the first of them is deleted. False where
    /// settings cannot be written: then the kernel deletes the others too.
    boolean promoteSecondaries(InterfaceName link) {
        String path = folder + "net/ipv4/conf/" + link + "/promote_secondaries";
        try {
            if (NativeFile.readAll(path)[0] == '1') {
                return true;
            }
        } catch (SystemException _) {
            return false;
        }
        try (NativeFile file = NativeFile.open(path, NativeFile.O_WRONLY, 0)) {
            file.write(new byte[] {'1', '\n'});
            return true;
        } catch (SystemException _) {
            return false;
        }
    }

    private String path(String key) {
        return folder + key.replace('.', '/');
    }
}
