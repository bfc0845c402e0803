// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;

/// Loads the classes of error handling before an error occurs. Loading a class for the first time needs a
/// descriptor when its jar is not open yet. A process without a free descriptor would lose the thread that
/// has to report the error.
final class ErrorPaths {
    private ErrorPaths() {}

    /// Any thread, early.
    static void load(EngineLog log) {
        // Classes from the archive do not open the jar; from here on it is open for the life of the process.
        boolean _ = ClassLoader.getSystemResource("META-INF/MANIFEST.MF") != null;
        SystemException failure = new SystemException("accept4", new Errno(Errno.EMFILE));
        log.warmUp(String.valueOf(failure.getMessage()));
        log.warmUp(String.valueOf(
                new DeviceException(DeviceException.Reason.IO, Errno.ENOMEM, failure.operation(), failure)
                        .getMessage()));
        log.warmUp(EngineProcess.failed("none", failure).sentence());
    }
}
