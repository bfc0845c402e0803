// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.Host;
import io.wgj.cli.host.LookupException;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Where a packet goes, as it was written: an address, or the name of a host with its addresses.
///
/// @param name the host name; empty for an address
/// @param addresses of each family the one that programs try first, the preferred family first
/// @param others the name's other addresses
record Destination(Optional<String> name, List<Endpoint.Numeric> addresses, List<Endpoint.Numeric> others) {
    Destination {
        addresses = List.copyOf(addresses);
        others = List.copyOf(others);
    }

    /// Reads an address, or looks a name up, once.
    ///
    /// @param family the family that is wanted; empty for both
    /// @throws MisuseException for an address of another family, and for a prefix
    /// @throws RefusalException for a name that cannot be found, or has no address of the family
    static Destination of(Host host, String text, Optional<IpFamily> family) throws MisuseException, RefusalException {
        Optional<IpAddress> address = IpAddress.parse(text);
        if (address.isPresent()) {
            if (family.isPresent() && family.get() != address.get().family()) {
                throw new MisuseException(
                        text + ": an " + address.get().family() + " address, where " + family.get() + " is asked for");
            }
            return new Destination(Optional.empty(), List.of(new Endpoint.Numeric(address.get(), 0)), List.of());
        }
        if (text.indexOf('/') >= 0) {
            throw new MisuseException(text + ": an address without a prefix length is needed");
        }
        return named(text, lookUp(host, text), family);
    }

    private static List<Endpoint.Numeric> lookUp(Host host, String name) throws RefusalException {
        try {
            return host.names().addresses(name);
        } catch (LookupException failure) {
            throw new RefusalException(
                    ExitCode.FAILED,
                    List.of(),
                    List.of("explain: " + name + ": no IPv4 or IPv6 address, and no host of this name can be found: "
                            + failure.sentence() + "; give an address"));
        }
    }

    private static Destination named(String name, List<Endpoint.Numeric> found, Optional<IpFamily> wanted)
            throws RefusalException {
        List<Endpoint.Numeric> first = new ArrayList<>();
        List<Endpoint.Numeric> others = new ArrayList<>();
        for (Endpoint.Numeric one : found) {
            IpFamily family = one.address().family();
            boolean isFirst = first.stream().noneMatch(other -> other.address().family() == family);
            if (isFirst && (wanted.isEmpty() || wanted.get() == family)) {
                first.add(one);
            } else {
                others.add(one);
            }
        }
        if (first.isEmpty()) {
            throw new RefusalException(
                    ExitCode.FAILED,
                    List.of(),
                    List.of("explain: " + name + " has no " + wanted.orElse(IpFamily.V4) + " address, only "
                            + texts(others)));
        }
        return new Destination(Optional.of(name), first, others);
    }

    /// What the name stands for, in words; empty for an address.
    Optional<String> sentence() {
        return name.map(host ->
                host + " is " + texts(addresses) + (others.isEmpty() ? "" : "; not asked about: " + texts(others)));
    }

    private static String texts(List<Endpoint.Numeric> endpoints) {
        StringBuilder out = new StringBuilder();
        for (Endpoint.Numeric endpoint : endpoints) {
            out.append(out.isEmpty() ? "" : ", ").append(endpoint.address().text());
        }
        return out.toString();
    }
}
