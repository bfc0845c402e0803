// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.plan;

import io.wgj.config.file.InterfaceSection;
import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.OddCharacter;
import io.wgj.config.file.ParsedFile;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import io.wgj.config.file.Problem;
import io.wgj.config.file.QuickFile;
import io.wgj.config.file.QuickLine;
import io.wgj.config.file.RouteTable;
import io.wgj.config.file.Underlay;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpPrefix;
import io.wgj.config.net.ListenPort;
import io.wgj.netlink.route.IpRouteSyntax;
import io.wgj.netlink.route.IpRuleSyntax;
import io.wgj.netlink.route.Route;
import io.wgj.netlink.route.TableNames;
import io.wgj.netlink.route.WordException;
import io.wgj.quick.model.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Checks values that the grammar of files cannot check: words of ip(8), names of routing tables, and values
/// about the interface itself. What depends on the host is checked by the planner.
public final class FileCheck {
    /// The exit code of ip(8) when the kernel refuses.
    public static final int REFUSED = 2;

    private final Tunnel tunnel;
    private final QuickFile file;
    private final TableNames tables;
    private final List<Finding> findings = new ArrayList<>();

    private FileCheck(Tunnel tunnel, QuickFile file, TableNames tables) {
        this.tunnel = tunnel;
        this.file = file;
        this.tables = tables;
    }

    /// One problem.
    ///
    /// @param exitCode the exit code of `wg-quick up`, which finds the problem half-way
    public record Finding(Problem problem, int exitCode) {}

    /// All problems, in no order.
    ///
    /// @param tunnel the parts of the file without problems
    public static List<Finding> findings(Tunnel tunnel, QuickFile file, TableNames tables) {
        FileCheck judge = new FileCheck(tunnel, file, tables);
        judge.table();
        judge.addresses();
        judge.routes();
        judge.rules();
        judge.underlays();
        return judge.findings;
    }

    /// The problem of a file whose `AllowedSources` need a firewall: the firewall has to know the listen port
    /// before the device chooses one. A `PreUp` hook may set the port.
    public static Optional<Finding> missingPort(Tunnel tunnel, QuickFile file, ParsedFile parsed) {
        boolean filters = !tunnel.section().allowedSources().isEmpty();
        boolean ofAllPeers = !tunnel.file().peers().isEmpty();
        for (PeerSection peer : tunnel.file().peers()) {
            ofAllPeers &= !peer.allowedSources().isEmpty();
        }
        boolean named = !parsed.wgProblems().isEmpty() || names(tunnel.section());
        if (named || !tunnel.section().preUp().isEmpty() || !filters && !ofAllPeers) {
            return Optional.empty();
        }
        for (QuickLine line : file.lines()) {
            if (line.is(Key.ALLOWED_SOURCES) || line.is(Key.PEER_ALLOWED_SOURCES)) {
                Key key = line.key().orElseThrow();
                Place place = new Place(file.name(), line.number(), line.column());
                Problem problem = Problem.of(
                        place, key, "", "the filter has to know the listen port beforehand", "write a ListenPort");
                return Optional.of(new Finding(problem, 1));
            }
        }
        return Optional.empty();
    }

    /// Whether the file names a port other than 0.
    private static boolean names(InterfaceSection section) {
        return section.listenPort().isPresent()
                && !section.listenPort().get().value().equals(new ListenPort.Numbered(0));
    }

    /// Of several lines the last one counts.
    private void table() {
        if (!(tunnel.section().table() instanceof RouteTable.Named named)
                || tables.parse(named.name()).isPresent()) {
            return;
        }
        QuickLine line = file.last(Key.TABLE).orElseThrow();
        findings.add(new Finding(
                new Problem(
                        place(line.number(), line.column()),
                        Key.TABLE.section().title(),
                        Key.TABLE.text(),
                        named.name(),
                        List.of("Error: argument \"" + named.name() + "\" is wrong: \"table\" value is invalid"),
                        "there is no routing table `" + named.name() + "'",
                        "write auto, off, a number, or a name from /etc/iproute2/rt_tables"),
                255));
    }

    /// The kernel takes one IPv4 address with two prefix lengths for two addresses, but not an IPv6 address.
    private void addresses() {
        List<Located<IpPrefix>> addresses = tunnel.section().addresses();
        for (int i = 0; i < addresses.size(); i++) {
            IpPrefix address = addresses.get(i).value();
            for (int j = 0; j < i; j++) {
                IpPrefix earlier = addresses.get(j).value();
                boolean same = address.address().equals(earlier.address())
                        && (address.address().family() == IpFamily.V6 || address.length() == earlier.length());
                if (same) {
                    Place first = addresses.get(j).place();
                    Place place = addresses.get(i).place();
                    String where = first.line() == place.line() ? "this line" : "line " + first.line();
                    add(place, Key.ADDRESS, "twice: " + where + " has " + earlier.text(), "leave one of them out", 2);
                    break;
                }
            }
        }
    }

    private void routes() {
        List<Route> earlier = new ArrayList<>();
        for (Located<List<String>> words : tunnel.section().routes()) {
            try {
                Route route = IpRouteSyntax.parse(expanded(words), tables);
                if (earlier.contains(route)) {
                    add(words.place(), Key.ROUTE, "the same route stands above", "leave one of them out", 2);
                }
                earlier.add(route);
            } catch (WordException e) {
                add(words, Key.ROUTE, e);
            }
        }
    }

    private void rules() {
        for (Located<List<String>> words : tunnel.section().rules()) {
            try {
                IpRuleSyntax.parse(expanded(words), tables);
            } catch (WordException e) {
                add(words, Key.RULE, e);
            }
        }
    }

    private void underlays() {
        for (Located<Underlay> underlay : tunnel.section().underlays()) {
            Optional<InterfaceName> dev = underlay.value().dev();
            if (dev.isPresent() && dev.get().equals(tunnel.link())) {
                add(
                        underlay.place(),
                        Key.UNDERLAY,
                        "encrypted packets of " + dev.get() + " cannot leave by " + dev.get(),
                        "name the device that leads to the peers",
                        1);
            }
        }
    }

    private List<String> expanded(Located<List<String>> words) {
        List<String> expanded = new ArrayList<>();
        for (String word : words.value()) {
            expanded.add(tunnel.expand(word));
        }
        return expanded;
    }

    private void add(Located<List<String>> words, Key key, WordException refused) {
        String reason = String.valueOf(refused.getMessage());
        String hint = OddCharacter.hint(line(words.place().line()));
        add(wordPlace(words.place(), refused.index()), key, reason, hint, 1);
    }

    private void add(Place place, Key key, String reason, String hint, int exitCode) {
        findings.add(new Finding(Problem.of(place, key, "", reason, hint), exitCode));
    }

    /// The place of a word in a value that begins at `start`; the end of the last word for a word that is
    /// missing.
    private Place wordPlace(Place start, int index) {
        String line = line(start.line());
        int at = start.column() - 1;
        for (int word = 0; word < index; word++) {
            at = end(line, at);
            int next = at;
            while (next < line.length() && line.charAt(next) <= ' ') {
                next++;
            }
            if (next == line.length() || line.charAt(next) == '#') {
                break;
            }
            at = next;
        }
        return place(start.line(), at + 1);
    }

    private String line(int number) {
        return file.lines().get(number - 1).original();
    }

    private static int end(String line, int start) {
        int at = start;
        while (at < line.length() && line.charAt(at) > ' ' && line.charAt(at) != '#') {
            at++;
        }
        return at;
    }

    private Place place(int line, int column) {
        return new Place(file.name(), line, column);
    }
}
