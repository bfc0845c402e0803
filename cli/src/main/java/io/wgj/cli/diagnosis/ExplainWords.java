// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.diagnosis;

import io.wgj.cli.command.MisuseException;
import io.wgj.config.net.IpAddress;
import io.wgj.config.net.IpFamily;
import io.wgj.config.net.IpNumber;
import io.wgj.config.text.Misspelling;
import io.wgj.diagnosis.routing.FlowQuestion;
import java.util.List;
import java.util.Optional;

/// Parses the words of a question, which are those of `ip route get`.
final class ExplainWords {
    private static final List<String> WORDS =
            List.of("from", "mark", "iif", "oif", "port", "dport", "sport", "proto", "ipproto", "tos", "uid");
    private static final long MOST_MARK = 0xffff_ffffL;
    private static final int MOST_PORT = 0xffff;
    private static final int MOST_BYTE = 0xff;

    private ExplainWords() {}

    /// The question of an address and the words behind it.
    ///
    /// @param uid the user that a packet without a `uid` is of
    static FlowQuestion parse(IpAddress destination, List<String> words, int uid) throws MisuseException {
        FlowQuestion question = FlowQuestion.to(destination).withUid(uid);
        for (int i = 0; i < words.size(); i += 2) {
            String word = words.get(i);
            if (!WORDS.contains(word)) {
                throw unknown(word);
            }
            if (i + 1 == words.size()) {
                throw new MisuseException(word + ": its value is missing");
            }
            question = with(question, word, words.get(i + 1));
        }
        boolean hasPorts = question.sourcePort() != 0 || question.destinationPort() != 0;
        if (hasPorts && question.protocol().isEmpty()) {
            question = question.withProtocol(FlowQuestion.UDP);
        }
        return check(question);
    }

    /// The family that `from` asks for; empty without it.
    static Optional<IpFamily> family(List<String> words) throws MisuseException {
        int from = words.indexOf("from");
        boolean isWord = from >= 0 && from % 2 == 0 && from + 1 < words.size();
        return isWord ? Optional.of(source(words.get(from + 1)).family()) : Optional.empty();
    }

    private static FlowQuestion check(FlowQuestion question) throws MisuseException {
        IpAddress address = question.destination();
        boolean multicast = address.family() == IpFamily.V4
                ? address.low() >>> 28 == 0xe || address.low() == MOST_MARK
                : address.high() >>> 56 == 0xff;
        if (multicast) {
            throw new MisuseException(
                    address.text() + ": not judged: multicast and the broadcast to all; ask about one host");
        }
        if (question.iif().isPresent() && question.source().isEmpty()) {
            throw new MisuseException("iif: a packet that comes in has a source; give `from SRC' too");
        }
        if (question.iif().isPresent() && question.oif().isPresent()) {
            throw new MisuseException("iif and oif: a packet that comes in is not bound to a device");
        }
        return question;
    }

    private static MisuseException unknown(String word) {
        String likely = Misspelling.nearest(word, WORDS);
        return new MisuseException(word + ": no such word; "
                + (likely.isEmpty() ? "the words are " + String.join(", ", WORDS) : "did you mean `" + likely + "'?"));
    }

    private static FlowQuestion with(FlowQuestion question, String word, String value) throws MisuseException {
        return switch (word) {
            case "from" -> from(question, value);
            case "mark" -> question.withMark((int) number(word, value, MOST_MARK));
            case "iif" -> question.comingInBy(value);
            case "oif" -> question.boundTo(value);
            case "port", "dport" -> question.withPorts(question.sourcePort(), (int) number(word, value, MOST_PORT));
            case "sport" -> question.withPorts((int) number(word, value, MOST_PORT), question.destinationPort());
            case "tos" -> question.withTos((int) number(word, value, MOST_BYTE));
            case "uid" -> question.withUid((int) number(word, value, MOST_MARK));
            default -> question.withProtocol(protocol(word, value, question.family()));
        };
    }

    private static FlowQuestion from(FlowQuestion question, String value) throws MisuseException {
        IpAddress source = source(value);
        if (source.family() != question.family()) {
            throw new MisuseException("from " + value + ": an " + source.family() + " source, but the destination is "
                    + question.family());
        }
        return question.from(source);
    }

    private static int protocol(String word, String value, IpFamily family) throws MisuseException {
        return switch (value) {
            case "tcp" -> FlowQuestion.TCP;
            case "udp" -> FlowQuestion.UDP;
            case "icmp" -> family == IpFamily.V4 ? FlowQuestion.ICMP : FlowQuestion.ICMPV6;
            case "icmpv6", "ipv6-icmp" -> FlowQuestion.ICMPV6;
            default -> (int) number(word, value, MOST_BYTE);
        };
    }

    private static long number(String word, String value, long most) throws MisuseException {
        long number = IpNumber.parse(value, most);
        if (number == IpNumber.NONE) {
            throw new MisuseException(word + " " + value + ": a number from 0 to " + most + " is needed");
        }
        return number;
    }

    private static IpAddress source(String text) throws MisuseException {
        return IpAddress.parse(text)
                .orElseThrow(() -> new MisuseException("from " + text + ": no IPv4 or IPv6 address; a packet comes from"
                        + " one address, without a prefix length"));
    }
}
