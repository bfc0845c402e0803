// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import io.wgj.cli.wg.ConfFile;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceState;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.file.Located;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ScopeNames;
import io.wgj.config.text.Ascii;
import io.wgj.quick.model.DnsSetup;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.Step;
import io.wgj.quick.model.SystemSnapshot;
import io.wgj.quick.model.Tunnel;
import io.wgj.quick.run.RunException;
import io.wgj.quick.run.TunnelRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes what an interface is into its file: for `save`, and for `down` of a file with `SaveConfig`. The old file
/// is there until the new one is whole.
record SavedTunnel(Invocation invocation, QuickSource source) {
    private static final String TEMPORARY = ".tmp";
    private static final int SECONDS = 30;

    /// @param present the interface's present name
    void save(InterfaceName present) throws RefusalException {
        Tunnel tunnel = source.lenient();
        TunnelRunner runner = Session.runner(invocation, tunnel);
        String text;
        try {
            SystemSnapshot snapshot = runner.inspect(tunnel, List.of());
            Optional<HostLink> link = snapshot.link(present.text());
            SavedFile saved = new SavedFile(
                    source.lines(),
                    link.isPresent() ? addresses(tunnel, link.get()) : List.of(),
                    link.isPresent() ? link.get().mtu() : 0,
                    nameServers(snapshot),
                    chosenMark(runner.done(tunnel, snapshot)),
                    runner.chosenPort(tunnel.link()).orElse(0));
            ScopeNames scopes = invocation.host().scopes();
            DeviceState device = read(present);
            // The original writes the file anew.
            text = invocation.extended() ? new SavedLayout(saved, scopes).text(device) : saved.text(device, scopes);
        } catch (RunException failure) {
            throw new RefusalException(ExitCode.ofRun(failure.exitCode()), failure.lines(), List.of());
        }
        write(source.found().path(), text);
    }

    /// The link's addresses, except those that the kernel generated: it generates another one each time, so each
    /// `save` would add a line. An address that the file names stays.
    private static List<IpPrefix> addresses(Tunnel tunnel, HostLink link) {
        List<IpPrefix> named = new ArrayList<>();
        for (Located<IpPrefix> address : tunnel.section().addresses()) {
            named.add(address.value());
        }
        List<IpPrefix> addresses = new ArrayList<>();
        for (IpPrefix address : link.addresses()) {
            if (!link.generated().contains(address) || named.contains(address)) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /// The mark that wgj chose; 0 when it did not.
    private static int chosenMark(List<Step> done) {
        int mark = 0;
        for (Step step : done) {
            if (step instanceof Step.SetFwmark set) {
                mark = set.mark();
            }
        }
        return mark;
    }

    /// Reads the device. A userspace implementation answers under the name that its interface had at first.
    private DeviceState read(InterfaceName present) throws RefusalException {
        try {
            return read(new DeviceName(present.text()));
        } catch (RefusalException refusal) {
            if (present.equals(source.found().link())) {
                throw refusal;
            }
            return read(new DeviceName(source.found().link().text()));
        }
    }

    private DeviceState read(DeviceName name) throws RefusalException {
        try (WireGuardDevice device = invocation.host().devices().openToRead(name)) {
            return device.read();
        } catch (DeviceException failure) {
            throw new RefusalException(
                    "Unable to access interface: " + ErrorReport.sentence(failure),
                    ErrorReport.explain(invocation.host().devices().examine(name, failure)));
        }
    }

    private void write(String path, String text) throws RefusalException {
        QuickHost files = invocation.host().quick();
        try {
            files.create(path + TEMPORARY, text);
        } catch (FileException failure) {
            throw failure("Could not write configuration file", path + TEMPORARY, failure);
        }
        try {
            files.rename(path + TEMPORARY, path);
        } catch (FileException failure) {
            files.remove(path + TEMPORARY);
            throw failure("Could not move configuration file", path, failure);
        }
    }

    private RefusalException failure(String sentence, String path, FileException failure) {
        return new RefusalException(
                invocation.program() + ": " + sentence,
                path + ": " + ErrorReport.sentence(failure.errno()) + "; the file is as it was");
    }

    /// The name servers that the host's resolver has for the interface.
    private List<String> nameServers(SystemSnapshot snapshot) {
        boolean resolvectl = snapshot.support().dnsTool().equals(Optional.of(DnsSetup.Tool.RESOLVECTL));
        return resolvectl ? fromResolvectl() : fromResolvconf(snapshot.support().dnsPrefix());
    }

    private List<String> fromResolvconf(String prefix) {
        String registered = prefix + source.found().link();
        String text = printed(List.of("resolvconf", "-l", registered));
        if (text.isEmpty()) {
            try {
                text = ConfFile.text(invocation.host(), "/etc/resolvconf/run/interface/" + registered);
            } catch (FileException _) {
                // It has no name servers.
            }
        }
        List<String> servers = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            if (words.length == 2 && words[0].equals("nameserver") && isServer(words[1])) {
                servers.add(words[1]);
            }
        }
        return servers;
    }

    /// Whether `word` has only letters, digits and `_=+:%.-`, as the original demands.
    private static boolean isServer(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Ascii.isLetter(c) && !Ascii.isDigit(c) && "_=+:%.-".indexOf(c) < 0) {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /// `Link 5 (wg0): 10.0.0.1 fd00::1`.
    private List<String> fromResolvectl() {
        String text = printed(List.of("resolvectl", "dns", source.found().link().text()));
        int colon = text.indexOf("): ");
        List<String> servers = new ArrayList<>();
        for (String word : colon < 0 ? new String[0] : text.substring(colon + 3).split("\\s+", -1)) {
            if (isServer(word)) {
                servers.add(word);
            }
        }
        return servers;
    }

    /// The output of a program; empty when it is missing or fails.
    private String printed(List<String> words) {
        try {
            QuickHost.Captured ran = invocation.host().quick().capture(words, List.of(), true, SECONDS);
            return ran.code() == 0 ? ran.out() : "";
        } catch (FileException _) {
            return "";
        }
    }
}
