// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.Arguments;
import io.wgj.cli.command.MisuseException;
import io.wgj.cli.command.Options;
import io.wgj.cli.command.SpecBuilder;
import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.InterfaceName;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpNumber;
import io.wgj.config.net.IpPrefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The options of `wgj new`, read into values.
final class NewOptions {
    static final String ADD = "--add";
    static final String KEY_FILES = "--key-files";
    static final String QR = "--qr";
    static final String PRESHARED_KEYS = "--preshared-keys";

    private static final String ENDPOINT = "--endpoint";
    private static final String NETWORK = "--network";
    private static final String ALLOWED_IPS = "--allowed-ips";
    private static final String DNS = "--dns";
    private static final String KEEPALIVE = "--keepalive";
    private static final String INTERFACE = "--interface";
    private static final String FOLDER = "--directory";
    private static final String DEFAULT_INTERFACE = "wg0";
    private static final int DEFAULT_PORT = 51820;
    private static final int PORT_MAX = 0xffff;

    private final Arguments arguments;

    NewOptions(Arguments arguments) {
        this.arguments = arguments;
    }

    static SpecBuilder addTo(SpecBuilder spec) {
        return spec.option(Options.value(
                        "-e",
                        ENDPOINT,
                        "HOST[:PORT]",
                        "server: the name or address that clients reach it by, with the port to listen on, 51820"
                                + " without one"))
                .option(Options.value(
                        "-n",
                        NETWORK,
                        "NETWORK,...",
                        "the addresses inside the tunnel, such as 10.9.0.0/24,fd00:9::/64; a random private network of"
                                + " each family without this option"))
                .option(Options.value(
                        "-a",
                        ALLOWED_IPS,
                        "NETWORK,...",
                        "what clients send through the tunnel: 0.0.0.0/0,::/0 for everything; the tunnel's own"
                                + " addresses without this option"))
                .option(Options.value(DNS, "ADDRESS,...", "the name servers of clients while the tunnel is up"))
                .option(Options.value(
                        "-k",
                        KEEPALIVE,
                        "SECONDS | off",
                        "how often clients send an empty packet, which keeps the way through NAT open; 25 without"
                                + " this option"))
                .option(Options.value(
                        "-i",
                        INTERFACE,
                        "NAME",
                        "server: the name of its interface and file; wg0" + " without this option"))
                .option(Options.value(
                        "-f", ADD, Options.FILE, "client: the server's file, which gets a section for each client"))
                .option(Options.flag(PRESHARED_KEYS, "a second secret for each pair of ends"))
                .option(Options.flag(
                        KEY_FILES, "private keys go into files of their own, NAME.key, which only wgj-quick reads"))
                .option(Options.flag(QR, "prints each client's file as a QR code too"))
                .option(Options.value(
                        "-d", FOLDER, "FOLDER", "where the files go; the working folder without this option"));
    }

    /// The folder of the files; empty for the working folder.
    String folder() {
        return arguments.text(FOLDER).orElse("");
    }

    String link() throws MisuseException {
        return name(arguments.text(INTERFACE).orElse(DEFAULT_INTERFACE));
    }

    /// The names after the first operand, each good for an interface and a file, no two the same.
    static List<String> names(List<String> operands, String reserved) throws MisuseException {
        Set<String> seen = new HashSet<>(Set.of(reserved));
        List<String> names = new ArrayList<>();
        for (String operand : operands) {
            if (!seen.add(name(operand))) {
                throw new MisuseException(operand + ": two files would have this name");
            }
            names.add(operand);
        }
        return names;
    }

    static String name(String text) throws MisuseException {
        if (InterfaceName.parse(text).isEmpty()) {
            throw new MisuseException(
                    text + ": no name for an interface and its file: 1 to 15 letters, digits and _=+.-");
        }
        return text;
    }

    /// The endpoint of the server, with a port.
    Optional<String> endpoint() throws MisuseException {
        Optional<String> text = arguments.text(ENDPOINT);
        return text.isPresent() ? Optional.of(endpoint(text.get())) : Optional.empty();
    }

    /// `text` with a port: the usual one where it has none.
    static String endpoint(String text) throws MisuseException {
        Optional<IpAddress> address = IpAddress.parse(text);
        boolean isV6 = address.isPresent() && address.get().family() == IpFamily.V6;
        boolean hasPort = !isV6 && text.indexOf(':', text.lastIndexOf(']') + 1) >= 0;
        String whole = (isV6 ? "[" + text + "]" : text) + (hasPort ? "" : ":" + DEFAULT_PORT);
        try {
            Endpoint endpoint = ValueSyntax.endpoint(whole);
            String hint = ValueSyntax.endpointHint(whole);
            boolean hasHost =
                    !(endpoint instanceof Endpoint.Named named) || !named.host().isEmpty();
            if (hint.isEmpty() && hasHost && port(whole) > 0 && whole.indexOf(' ') < 0 && whole.indexOf('#') < 0) {
                return whole;
            }
        } catch (ValueException _) {
            // The sentence below says what is right.
        }
        throw new MisuseException(
                text + ": an endpoint is HOST or HOST:PORT, such as vpn.example.com:51820 or [2001:db8::1]:51820");
    }

    /// The port at the end of an endpoint; 0 for none that a socket can have.
    static int port(String endpoint) {
        long port = IpNumber.parse(endpoint.substring(endpoint.lastIndexOf(':') + 1), PORT_MAX);
        return port == IpNumber.NONE ? 0 : (int) port;
    }

    /// The tunnel's networks, host bits cleared; empty when not given.
    List<IpPrefix> networks() throws MisuseException {
        List<IpPrefix> networks = new ArrayList<>();
        for (IpPrefix network : prefixes(NETWORK)) {
            if (network.length() > network.address().bits() - 2) {
                throw new MisuseException(NETWORK + ": " + network + " has no room for two hosts");
            }
            networks.add(network.masked());
        }
        return networks;
    }

    /// What clients send through the tunnel; empty when not given.
    List<IpPrefix> allowedIps() throws MisuseException {
        List<IpPrefix> allowed = new ArrayList<>();
        for (IpPrefix prefix : prefixes(ALLOWED_IPS)) {
            allowed.add(prefix.masked());
        }
        return allowed;
    }

    private List<IpPrefix> prefixes(String option) throws MisuseException {
        Optional<String> text = arguments.text(option);
        return text.isPresent() ? prefixes(option, text.get()) : List.of();
    }

    /// The networks in `text`, with commas between them.
    ///
    /// @param what begins the sentence that refuses one
    static List<IpPrefix> prefixes(String what, String text) throws MisuseException {
        List<IpPrefix> prefixes = new ArrayList<>();
        for (String word : words(text)) {
            Optional<IpPrefix> prefix = IpNumber.prefix(word);
            if (prefix.isEmpty()) {
                throw new MisuseException(
                        what + ": " + word + " is not a network; write networks as 10.9.0.0/24,fd00:9::/64");
            }
            prefixes.add(prefix.get());
        }
        if (prefixes.isEmpty()) {
            throw new MisuseException(what + ": a network is missing, such as 10.9.0.0/24");
        }
        return prefixes;
    }

    /// The name servers as a file lists them; empty when not given.
    Optional<String> dns() throws MisuseException {
        Optional<String> text = arguments.text(DNS);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        for (String word : words(text.get())) {
            if (IpAddress.parse(word).isEmpty() && !isDomain(word)) {
                throw new MisuseException(DNS + ": " + word + " is neither an address nor a search domain");
            }
        }
        return Optional.of(String.join(", ", words(text.get())));
    }

    private static boolean isDomain(String word) {
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_') {
                return false;
            }
        }
        return !word.isEmpty();
    }

    /// The keepalive interval of clients as a file has it; empty when not given.
    Optional<String> keepalive() throws MisuseException {
        Optional<String> text = arguments.text(KEEPALIVE);
        try {
            if (text.isPresent()) {
                int _ = ValueSyntax.persistentKeepalive(text.get());
            }
            return text;
        } catch (ValueException refused) {
            throw new MisuseException(KEEPALIVE + ": " + refused.reason());
        }
    }

    Optional<String> serverFile() {
        return arguments.text(ADD);
    }

    boolean hasPresharedKeys() {
        return arguments.has(PRESHARED_KEYS);
    }

    boolean hasKeyFiles() {
        return arguments.has(KEY_FILES);
    }

    /// Refuses options that `what` does not take.
    void refuse(String what, String... options) throws MisuseException {
        for (String option : options) {
            if (arguments.has(option)) {
                throw new MisuseException(option + " is not for `new " + what + "'");
            }
        }
    }

    void checkServer() throws MisuseException {
        refuse("server", ADD);
    }

    void checkClient() throws MisuseException {
        refuse("client", NETWORK, INTERFACE);
        if (serverFile().isEmpty()) {
            throw new MisuseException(
                    "client: " + ADD + " is missing: the server's file; `new server' makes a server with its clients");
        }
    }

    void checkSite() throws MisuseException {
        refuse("site", ADD, ENDPOINT, ALLOWED_IPS, DNS, INTERFACE, QR);
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : text.split("[, \t]+", -1)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }
}
