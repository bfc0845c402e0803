// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.cli.Main;
import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.host.Host;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.netlink.route.WordException;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.transport.NetlinkException;
import java.util.List;

/// The run whose loaded classes become the class list of `wgj-quick`, as [Training] is for the short
/// commands: it needs no privilege, and changes nothing outside of its folder, since the kernel is a [FakeKernel].
final class QuickTraining {
    private QuickTraining() {}

    /// Ends the process.
    ///
    /// @param words of the command line: the folder to work in, which make-lists has filled
    public static void main(String[] words) throws NetlinkException, WordException, SystemException {
        String folder = words[0];
        String settings = folder + "/settings/";
        tunnel(new TrainingHost(folder, new FakeKernel(false, settings)), folder);
        tunnel(new TrainingHost(folder, new FakeKernel(true, settings)), folder);
        Host machine = new LinuxHost();
        // The real kernel's sockets: this machine's links, and a tunnel that does not exist.
        Programs.run(new Invocation(InvokedAs.WGJ, "wgj", List.of("show", "interfaces"), machine));
        Programs.run(new Invocation(InvokedAs.WGJ, "wgj", List.of("show", "no-such-device"), machine));
        Programs.run(new Invocation(
                InvokedAs.WGJ_QUICK, "wgj-quick", List.of("plan", "up", folder + "/quick/wg0.conf"), machine));
        // The end of a real run would end this process before anything is recorded. So Main is called for another
        // program.
        ProgramImage.environment();
        Main.main(new String[] {"wgj", "wgj", "genkey"});
    }

    private static void tunnel(Host host, String folder) {
        String file = folder + "/quick/wg0.conf";
        call(host, InvokedAs.WG_QUICK, "strip", file);
        call(host, InvokedAs.WGJ_QUICK, "plan", "up", file);
        call(host, InvokedAs.WG_QUICK, "up", file);
        call(host, InvokedAs.WG_QUICK, "up", file);
        call(host, InvokedAs.WGJ_QUICK, "plan", "reload", file);
        call(host, InvokedAs.WGJ_QUICK, "reload", file);
        call(host, InvokedAs.WGJ_QUICK, "reload", folder + "/changed/wg0.conf");
        call(host, InvokedAs.WGJ_QUICK, "plan", "down", file);
        call(host, InvokedAs.WG_QUICK, "save", file);
        call(host, InvokedAs.WG_QUICK, "down", file);
        call(host, InvokedAs.WG_QUICK, "down", file);
        call(host, InvokedAs.WG_QUICK, "up", folder + "/plain/wg0.conf");
        call(host, InvokedAs.WG_QUICK, "down", folder + "/plain/wg0.conf");
    }

    private static void call(Host host, InvokedAs invokedAs, String... words) {
        host.err(String.join(" ", words) + "\n");
        Programs.run(new Invocation(invokedAs, "wg-quick", List.of(words), host));
    }
}
