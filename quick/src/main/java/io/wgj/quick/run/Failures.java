// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.device.DeviceException;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;

/// Puts the kernel's refusals into the words of the tools that wg-quick runs.
final class Failures {
    /// The exit code of ip(8) when the kernel refuses.
    private static final int REFUSED = 2;

    private Failures() {}

    /// In ip(8)'s words: a link that it cannot find, else the kernel's own sentence, else that of the errno.
    static StepException ofRoute(NetlinkException e) {
        if (e.missingLink().isPresent()) {
            return missingLink(e.missingLink().get());
        }
        String line = e.kernelMessage()
                .map(Failures::sentence)
                .orElseGet(() -> "RTNETLINK answers: " + e.errno().sentence());
        return marked(new StepException(REFUSED, line), e.errno());
    }

    /// In ip(8)'s words, which exits with 1 when it cannot find a link.
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

    /// In wg's words: `verb` is what it tried to do with the interface.
    static StepException ofDevice(String verb, DeviceException e) {
        StepException failure =
                new StepException(1, "Unable to " + verb + " interface: " + new Errno(e.errno()).sentence());
        return e.detail().isPresent() ? failure.withHint(e.detail().get()) : failure;
    }

    /// For steps that wg-quick performs by other means.
    static StepException of(String what, Errno errno) {
        return marked(new StepException(1, what + ": " + errno.sentence()), errno);
    }
}
