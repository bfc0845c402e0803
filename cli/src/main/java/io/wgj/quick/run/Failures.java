// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import java.util.List;

/// Failures of the kernel as the tools tell them that wg-quick runs.
final class Failures {
    /// What ip(8) ends with when the kernel refuses.
    private static final int REFUSED = 2;

    private Failures() {}

    /// As ip(8): the kernel's own sentence, else its number's.
    static StepException ofRoute(NetlinkException e) {
        String line = e.kernelMessage()
                .map(Failures::sentence)
                .orElseGet(() -> "RTNETLINK answers: " + e.errno().sentence());
        return marked(new StepException(REFUSED, line), e.errno());
    }

    /// As ip(8), for steps that name a link which may not be there.
    static StepException ofRoute(NetlinkException e, String link) {
        if (e.errno().is(Errno.ENODEV)) {
            return new StepException(1, "Cannot find device \"" + link + "\"").whereGone();
        }
        return ofRoute(e);
    }

    private static String sentence(String kernelMessage) {
        return "Error: " + kernelMessage + (kernelMessage.endsWith(".") ? "" : ".");
    }

    private static StepException marked(StepException failure, Errno errno) {
        boolean gone = errno.is(Errno.ENOENT)
                || errno.is(Errno.ESRCH)
                || errno.is(Errno.ENODEV)
                || errno.is(Errno.EADDRNOTAVAIL);
        return gone ? failure.whereGone() : failure;
    }

    /// As wg: `verb` is what it wanted of the interface.
    static StepException ofDevice(String verb, DeviceException e) {
        String reason = "Unable to " + verb + " interface: " + new Errno(e.errno()).sentence();
        return new StepException(
                1, e.detail().isPresent() ? List.of(reason, "wgj: " + e.detail().get()) : List.of(reason));
    }

    /// For what wg-quick does by other means.
    static StepException of(String what, Errno errno) {
        return marked(new StepException(1, what + ": " + errno.sentence()), errno);
    }
}
