// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.cli.Main;
import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.host.Host;
import io.wgj.cli.linux.LinuxHost;
import io.wgj.cli.show.FieldRenderer;
import java.util.List;

/// The run whose loaded classes become the class list of the short commands. A list comes from one
/// process, so this one calls all commands in turn. It needs no privilege, and changes nothing outside of its
/// folder.
///
/// Only the classes that a command uses matter, not its answer. All of them must be in the archive: for a single
/// class outside of it the JVM opens the jar, which costs a quarter of the command's time. Classes of the JDK that
/// no command uses must stay out, because every archived class costs each command a little.
final class Training {
    private Training() {}

    /// Ends the process.
    ///
    /// @param words of the command line: the folder to work in, which make-lists has filled
    public static void main(String[] words) {
        Host folder = new TrainingHost(words[0]);
        calls(folder, words[0]);
        // This machine's devices: what its LinuxHost would print is dropped with it.
        Host machine = new LinuxHost();
        call(machine, "show", "interfaces");
        call(machine, "show", "no-such-device");
        // As the launcher starts it.
        Main.main(new String[] {"wgj", "wgj", "genkey"});
    }

    private static void calls(Host host, String folder) {
        call(host, "genpsk");
        call(host, "pubkey");
        call(host, "show");
        call(host, "show", "interfaces");
        call(host, "show", "all", "dump");
        device(host, folder, "wg0");
        device(host, folder, "kernel0");
        call(host, "set", "wg0", "peer", "no key");
        call(host, "setconf", "wg0", folder + "/no such file");
        call(host, "show", "wg0", "no-such-field");
    }

    private static void device(Host host, String folder, String device) {
        String file = folder + "/wg0.conf";
        for (String field : FieldRenderer.FIELDS) {
            call(host, "show", device, field);
        }
        call(host, "showconf", device);
        call(host, "setconf", device, file);
        call(host, "addconf", device, file);
        call(host, "syncconf", device, file);
        call(
                host,
                "set",
                device,
                "private-key",
                folder + "/key",
                "listen-port",
                "51820",
                "fwmark",
                "0",
                "peer",
                "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=",
                "endpoint",
                "192.95.5.67:1234",
                "allowed-ips",
                "10.0.0.0/8,+fd00::/8",
                "persistent-keepalive",
                "off");
        call(host, "set", device, "peer", "xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=", "remove");
    }

    private static void call(Host host, String... words) {
        host.err(String.join(" ", words) + "\n");
        Programs.run(new Invocation(InvokedAs.WGJ, "wgj", List.of(words), host));
    }
}
