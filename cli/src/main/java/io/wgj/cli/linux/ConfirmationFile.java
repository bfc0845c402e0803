// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.time.Duration;
import java.util.Optional;

/// A file that waits for a confirmation: its lock says that somebody waits, its first byte that the word has come. One
/// an interface and network namespace, in a folder that only root enters.
final class ConfirmationFile implements QuickHost.Confirmation {
    private static final String ROOT = "/run/wgj";
    private static final String FOLDER = ROOT + "/confirm";
    private static final int PAUSE_MILLIS = 50;

    private final NativeFile file;
    private final String path;

    private ConfirmationFile(NativeFile file, String path) {
        this.file = file;
        this.path = path;
    }

    /// Empty while another process waits.
    static Optional<QuickHost.Confirmation> await(InterfaceName link) throws FileException {
        try {
            makeFolder(ROOT, 0755);
            makeFolder(FOLDER, 0700);
            String path = path(link);
            NativeFile file =
                    NativeFile.openNoFollow(path, NativeFile.O_RDWR | NativeFile.O_CREAT | NativeFile.O_TRUNC, 0600);
            if (file.tryLock()) {
                return Optional.of(new ConfirmationFile(file, path));
            }
            file.close();
            return Optional.empty();
        } catch (SystemException failure) {
            throw new FileException(failure.errno().number());
        }
    }

    /// False when nobody waits.
    static boolean confirm(InterfaceName link) throws FileException {
        try (NativeFile file = NativeFile.openNoFollow(path(link), NativeFile.O_RDWR, 0)) {
            if (file.tryLock()) {
                return false;
            }
            file.write(new byte[] {'y'});
            return true;
        } catch (SystemException failure) {
            if (failure.errno().is(Errno.ENOENT)) {
                return false;
            }
            throw new FileException(failure.errno().number());
        }
    }

    @Override
    public boolean comesWithin(Duration time) throws FileException {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (file.status().size() == 0) {
                if (System.nanoTime() - end >= 0) {
                    return false;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            return true;
        } catch (SystemException failure) {
            throw new FileException(failure.errno().number());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        try {
            NativeFile.unlink(path);
        } catch (SystemException _) {
            // It is unlocked in any case, which is what counts.
        }
        file.close();
    }

    private static String path(InterfaceName link) throws SystemException {
        return FOLDER + "/" + Long.toHexString(Namespaces.networkCookie()) + "-" + link;
    }

    private static void makeFolder(String path, int mode) throws SystemException {
        try {
            NativeFile.makeDirectory(path, mode);
        } catch (SystemException failure) {
            if (!failure.errno().is(Errno.EEXIST)) {
                throw failure;
            }
        }
    }
}
