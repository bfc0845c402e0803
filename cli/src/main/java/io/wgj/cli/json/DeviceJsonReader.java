// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.wgj.config.device.AllowedIpUpdate;
import io.wgj.config.device.Change;
import io.wgj.config.device.PeerSettings;
import io.wgj.config.file.AllowedIpList;
import io.wgj.config.file.DeviceFile;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerNames;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import io.wgj.config.file.Problem;
import io.wgj.config.file.TunnelFile;
import io.wgj.config.file.ValueException;
import io.wgj.config.file.ValueSyntax;
import io.wgj.config.key.PresharedKey;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.key.PublicKey;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.config.net.ListenPort;
import io.wgj.config.text.Latin1;
import io.wgj.config.text.Misspelling;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Reads a device from what `show --json --secrets` prints: schema `wgj/1`, an object with `interfaces`. Of
/// several interfaces the one that has the device's name counts; a single one counts whatever its name. Fields
/// that only describe a running device, such as counters, are checked and have no effect.
///
/// The document is read to its end, and every problem of it is found. A document that is no JSON has one problem.
public final class DeviceJsonReader {
    private static final List<String> DOCUMENT = List.of("schema", "source", "interfaces");
    private static final List<String> INTERFACE =
            List.of("name", "privateKey", "publicKey", "listenPort", "fwmark", "engine", "peers");
    private static final List<String> PEER = List.of(
            "publicKey",
            "name",
            "presharedKey",
            "endpoint",
            "allowedIps",
            "latestHandshake",
            "transferRx",
            "transferTx",
            "persistentKeepalive");

    private static final long PORT_MAX = 65_535;
    private static final long MARK_MAX = 0xffff_ffffL;
    private static final long NO_NUMBER = -1;

    private final String file;
    private final DeviceName device;
    private final JsonParser json;
    private final JsonPlaces places;
    private final List<ReadInterface> interfaces = new ArrayList<>();
    private boolean hasSchema;
    private boolean hasInterfaces;

    /// What was read.
    ///
    /// @param content empty when there is a problem
    /// @param lacksPrivateKey whether the document shows a public key and no private key, as `show --json` without
    ///     `--secrets` does: it does not say which private key the device is to have
    /// @param problems in the document's order
    public record Result(Optional<TunnelFile> content, boolean lacksPrivateKey, List<Problem> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    private static final class ReadInterface {
        private String name = "";
        private Optional<PrivateKey> privateKey = Optional.empty();
        private Optional<PublicKey> publicKey = Optional.empty();
        private Optional<Located<ListenPort>> listenPort = Optional.empty();
        private OptionalInt fwmark = OptionalInt.empty();
        private final List<PeerSection> peers = new ArrayList<>();
    }

    private DeviceJsonReader(String file, DeviceName device, JsonParser json) {
        this.file = file;
        this.device = device;
        this.json = json;
        this.places = new JsonPlaces(file, json);
    }

    /// Reads `text`.
    ///
    /// @param file the name to put into places
    /// @param text bytes, one a char
    /// @param device whose interface counts
    public static Result read(String file, String text, DeviceName device) {
        try (JsonParser json = new JsonFactory().createParser(Latin1.bytes(text))) {
            return new DeviceJsonReader(file, device, json).document();
        } catch (JsonProcessingException broken) {
            String message = firstSentence(broken.getOriginalMessage());
            return message.startsWith("Unexpected end-of-input")
                    ? broken(file, broken, "the document ends in the middle of a value", "was it cut off?")
                    : broken(file, broken, "this is no JSON: " + message, "");
        } catch (IOException unreadable) {
            // Bytes that are no text.
            return new Result(
                    Optional.empty(),
                    false,
                    List.of(JsonPlaces.problem(
                            new Place(file, 1, 1), "", "this is no JSON: " + unreadable.getMessage(), "")));
        }
    }

    private static Result broken(String file, JsonProcessingException failure, String reason, String hint) {
        JsonLocation at = failure.getLocation();
        Place place = at == null ? new Place(file, 1, 1) : new Place(file, at.getLineNr(), at.getColumnNr());
        return new Result(Optional.empty(), false, List.of(JsonPlaces.problem(place, "", reason, hint)));
    }

    /// The parser's messages go on with what it would have accepted.
    private static String firstSentence(String message) {
        int end = message.indexOf(": ");
        int line = message.indexOf('\n');
        String first = end < 0 ? message : message.substring(0, end);
        return line < 0 || line > first.length() ? first : message.substring(0, line);
    }

    private Result document() throws IOException {
        if (json.nextToken() == null) {
            places.problems().add(JsonPlaces.problem(new Place(file, 1, 1), "", "the document is empty", ""));
            return result();
        }
        object(DOCUMENT, this::member);
        if (json.nextToken() != null) {
            places.add("something follows the document", "a file holds one document");
        }
        return result();
    }

    private Result result() {
        Place start = new Place(file, 1, 1);
        List<Problem> problems = places.problems();
        if (problems.isEmpty() && !hasSchema) {
            problems.add(JsonPlaces.problem(
                    start, "/schema", "the document has no schema", "take what `show --json --secrets' prints"));
        }
        if (problems.isEmpty() && !hasInterfaces) {
            problems.add(JsonPlaces.problem(start, "/interfaces", "the document has no interfaces", ""));
        }
        Optional<ReadInterface> chosen = problems.isEmpty() ? choose(start) : Optional.empty();
        if (chosen.isEmpty()) {
            return new Result(Optional.empty(), false, problems);
        }
        ReadInterface link = chosen.get();
        boolean lacksKey = link.privateKey.isEmpty() && link.publicKey.isPresent();
        return new Result(
                Optional.of(DeviceFile.of(link.privateKey, link.listenPort, link.fwmark, link.peers)),
                lacksKey,
                problems);
    }

    private Optional<ReadInterface> choose(Place start) {
        if (interfaces.size() == 1) {
            return Optional.of(interfaces.getFirst());
        }
        for (ReadInterface link : interfaces) {
            if (link.name.equals(device.text())) {
                return Optional.of(link);
            }
        }
        places.problems()
                .add(JsonPlaces.problem(
                        start,
                        "/interfaces",
                        interfaces.isEmpty()
                                ? "the document has no interface"
                                : "none of its " + interfaces.size() + " interfaces is called " + device,
                        ""));
        return Optional.empty();
    }

    private void member(String name) throws IOException {
        switch (name) {
            case "schema" -> {
                hasSchema = true;
                String schema = text();
                if (!schema.isEmpty() && !schema.equals(JsonText.SCHEMA)) {
                    places.add("this is schema `" + schema + "'", "schema " + JsonText.SCHEMA + " can be read");
                }
            }
            case "source" -> text();
            default -> {
                hasInterfaces = true;
                elements(() -> {
                    ReadInterface link = new ReadInterface();
                    interfaces.add(link);
                    object(INTERFACE, field -> linkMember(link, field));
                    checkKeys(link);
                });
            }
        }
    }

    private void checkKeys(ReadInterface link) {
        boolean differ = link.privateKey.isPresent()
                && link.publicKey.isPresent()
                && !link.privateKey.get().publicKey().equals(link.publicKey.get());
        if (differ) {
            places.add("publicKey is not the public key of privateKey", "leave publicKey out, or correct one of them");
        }
    }

    private void linkMember(ReadInterface link, String name) throws IOException {
        switch (name) {
            case "name" -> link.name = text();
            case "privateKey" -> link.privateKey = value(ValueSyntax::privateKey);
            case "publicKey" -> link.publicKey = value(ValueSyntax::publicKey);
            case "listenPort" -> {
                Place place = places.here();
                long port = number(PORT_MAX);
                if (port != NO_NUMBER) {
                    link.listenPort =
                            Optional.of(new Located<>(place, Long.toString(port), new ListenPort.Numbered((int) port)));
                }
            }
            case "fwmark" -> {
                long mark = number(MARK_MAX);
                link.fwmark = mark == NO_NUMBER ? OptionalInt.empty() : OptionalInt.of((int) mark);
            }
            case "engine" -> {
                if (json.currentToken() != JsonToken.START_OBJECT) {
                    wrongType("an object");
                } else {
                    json.skipChildren();
                }
            }
            default -> elements(() -> peer(link.peers));
        }
    }

    private void peer(List<PeerSection> peers) throws IOException {
        Place place = places.here();
        String pointer = places.pointer();
        ReadPeer peer = new ReadPeer();
        boolean isObject = object(PEER, field -> peerMember(peer, field));
        if (peer.publicKey.isPresent()) {
            peers.add(DeviceFile.peer(place, peer.publicKey.get(), peer.name, peer.settings()));
        } else if (isObject && !peer.hasKey) {
            places.problems().add(JsonPlaces.problem(place, pointer, "a peer needs a publicKey", ""));
        }
    }

    private static final class ReadPeer {
        private boolean hasKey;
        private Optional<PublicKey> publicKey = Optional.empty();
        private Optional<Located<String>> name = Optional.empty();
        private Change<PresharedKey> presharedKey = Change.keep();
        private Change<Located<Endpoint>> endpoint = Change.keep();
        private Change<Integer> keepalive = Change.keep();
        private final List<AllowedIpUpdate> allowedIps = new ArrayList<>();

        PeerSettings<Located<Endpoint>> settings() {
            return new PeerSettings<>(presharedKey, endpoint, keepalive, true, allowedIps);
        }
    }

    private void peerMember(ReadPeer peer, String name) throws IOException {
        switch (name) {
            case "publicKey" -> {
                peer.hasKey = true;
                peer.publicKey = value(ValueSyntax::publicKey);
            }
            case "name" -> {
                Place place = places.here();
                Optional<String> given = value(PeerNames::parse);
                peer.name = given.isPresent()
                        ? Optional.of(new Located<>(place, given.get(), given.get()))
                        : Optional.empty();
            }
            case "presharedKey" -> {
                Optional<PresharedKey> key = value(ValueSyntax::presharedKey);
                peer.presharedKey = key.isEmpty() ? Change.keep() : Change.set(key.get());
            }
            case "endpoint" -> {
                Place place = places.here();
                Optional<Endpoint> endpoint = value(ValueSyntax::endpoint);
                if (endpoint.isPresent()) {
                    peer.endpoint = Change.set(new Located<>(place, json.getText(), endpoint.get()));
                }
            }
            case "allowedIps" -> elements(() -> prefix(peer.allowedIps));
            case "persistentKeepalive" -> {
                long seconds = number(PORT_MAX);
                if (seconds != NO_NUMBER) {
                    peer.keepalive = seconds == 0 ? Change.clear() : Change.set((int) seconds);
                }
            }
            case "transferRx", "transferTx" -> {
                if (json.currentToken() != JsonToken.VALUE_NUMBER_INT
                        || json.getText().startsWith("-")) {
                    wrongType("a number of bytes");
                }
            }
            default -> text();
        }
    }

    /// One prefix, which is no list and has no sign.
    private void prefix(List<AllowedIpUpdate> prefixes) throws IOException {
        Optional<AllowedIpList> list = value(ValueSyntax::allowedIps);
        if (list.isEmpty()) {
            return;
        }
        if (list.get().entries().size() == 1 && !list.get().incremental()) {
            prefixes.add(list.get().entries().getFirst());
        } else {
            places.add("an element is one prefix, such as 10.0.0.0/8", "");
        }
    }

    /// Acts on the value of one member.
    @FunctionalInterface
    private interface MemberReader {
        void read(String name) throws IOException;
    }

    /// Acts on the current element.
    @FunctionalInterface
    private interface ElementReader {
        void read() throws IOException;
    }

    /// Parses the text of a value.
    @FunctionalInterface
    private interface Syntax<T> {
        T parse(String text) throws ValueException;
    }

    /// Reads the current object; false when the current value is none.
    private boolean object(List<String> known, MemberReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            wrongType("an object");
            return false;
        }
        Set<String> seen = new HashSet<>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            boolean isNew = seen.add(name);
            if (!isNew) {
                places.add("this member stands twice in its object", "keep one of the two");
            } else if (!known.contains(name)) {
                String likely = Misspelling.nearest(Latin1.ofUnicode(name), known);
                places.add(
                        "no such member; the members are " + String.join(", ", known),
                        likely.isEmpty() ? "" : "did you mean `" + likely + "'?");
            }
            json.nextToken();
            if (isNew && known.contains(name)) {
                reader.read(name);
            } else {
                json.skipChildren();
            }
        }
        return true;
    }

    private void elements(ElementReader reader) throws IOException {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            wrongType("a list");
            return;
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            reader.read();
        }
    }

    /// The current text, bytes, one a char; empty, with a problem, when the value is none.
    private String text() throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            wrongType("text");
            return "";
        }
        return Latin1.ofUnicode(json.getText());
    }

    private <T> Optional<T> value(Syntax<T> syntax) throws IOException {
        if (json.currentToken() != JsonToken.VALUE_STRING) {
            wrongType("text");
            return Optional.empty();
        }
        try {
            return Optional.of(syntax.parse(Latin1.ofUnicode(json.getText())));
        } catch (ValueException refused) {
            places.add(refused.reason(), refused.hint());
            return Optional.empty();
        }
    }

    /// The current number; [#NO_NUMBER], with a problem, when it is none from 0 to `most`.
    private long number(long most) throws IOException {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT) {
            String digits = json.getText();
            if (digits.length() <= 10 && digits.charAt(0) != '-' && Long.parseLong(digits) <= most) {
                return Long.parseLong(digits);
            }
        }
        wrongType("a number from 0 to " + most);
        return NO_NUMBER;
    }

    /// Reports the current value, and passes over it.
    private void wrongType(String wanted) throws IOException {
        places.add("this is to be " + wanted, "");
        json.skipChildren();
    }
}
