// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.run;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.sys.SystemException;

/// Loads what is needed when something fails, while nothing does: a class that is loaded for the first time needs a
/// descriptor when its jar is not open yet, and a process without a free one would lose the thread that has to say
/// so.
final class ErrorPaths {
    private ErrorPaths() {}

    /// Any thread, early.
    static void load(EngineLog log) {
        // What comes from the cache opens no jar; from here on it is open for as long as the process lives.
        boolean _ = ClassLoader.getSystemResource("META-INF/MANIFEST.MF") != null;
        SystemException failure = new SystemException("accept4", new Errno(Errno.EMFILE));
        log.warmUp(String.valueOf(failure.getMessage()));
        log.warmUp(String.valueOf(
                new DeviceException(DeviceException.Reason.IO, Errno.ENOMEM, failure.operation(), failure)
                        .getMessage()));
        log.warmUp(EngineProcess.failed("none", failure).sentence());
    }
}
