// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.config.text.Latin1;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;

/// Kernel settings as files. Those of the network are those of the calling thread's namespace.
final class Sysctls {
    private final String folder;

    /// @param folder of all settings, with a slash at its end
    Sysctls(String folder) {
        this.folder = folder;
    }

    /// What a setting is, without its newline.
    String read(String key) throws StepException {
        try {
            return Latin1.of(NativeFile.readAll(path(key))).trim();
        } catch (SystemException e) {
            throw Failures.of("sysctl: cannot stat " + path(key), e.errno());
        }
    }

    /// Changes a setting; one that is right already is not written, which containers forbid.
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

    /// Whether a setting, or a folder of settings, is there.
    boolean exists(String key) {
        try {
            NativeFile.status(path(key));
            return true;
        } catch (SystemException _) {
            return false;
        }
    }

    /// Whether a setting is there and 1. The name of a link in it may have dots.
    boolean isOn(String prefix, String link, String name) {
        try {
            return NativeFile.readAll(path(prefix) + "/" + link + "/" + name)[0] == '1';
        } catch (SystemException _) {
            return false;
        }
    }

    /// Lets a link keep its other IPv4 addresses of a network when the first of them is deleted; else these go
    /// with it, and all routes by the link with the last one. False where settings cannot be written.
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
