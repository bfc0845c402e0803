// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;

/// Failures of the kernel as the tools tell them that wg-quick runs.
final class Failures {
    /// What ip(8) ends with when the kernel refuses.
    private static final int REFUSED = 2;

    private Failures() {}

    /// As ip(8): a link that it cannot find, the kernel's own sentence, else its number's.
    static StepException ofRoute(NetlinkException e) {
        if (e.missingLink().isPresent()) {
            return missingLink(e.missingLink().get());
        }
        String line = e.kernelMessage()
                .map(Failures::sentence)
                .orElseGet(() -> "RTNETLINK answers: " + e.errno().sentence());
        return marked(new StepException(REFUSED, line), e.errno());
    }

    /// As ip(8), which ends with 1 when it cannot find a link.
    static StepException missingLink(String name) {
        return new StepException(1, "Cannot find device \"" + name + "\"").whereGone();
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
        StepException failure =
                new StepException(1, "Unable to " + verb + " interface: " + new Errno(e.errno()).sentence());
        return e.detail().isPresent() ? failure.withHint(e.detail().get()) : failure;
    }

    /// For what wg-quick does by other means.
    static StepException of(String what, Errno errno) {
        return marked(new StepException(1, what + ": " + errno.sentence()), errno);
    }
}
