// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.net.IpAddress;
import io.wgj.diagnosis.explain.Explanation;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.NextHopChoice;
import io.wgj.diagnosis.routing.RuleStep;
import io.wgj.diagnosis.routing.Wording;
import io.wgj.netlink.route.FibRoute;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// The ways of packets, as a document: `{"schema":"wgj/1","explanations":[{"verdict":"ok",…}]}`.
public final class ExplanationJson {
    private final JsonGenerator json;

    private ExplanationJson(JsonGenerator json) {
        this.json = json;
    }

    /// One explanation and what the kernel says to it.
    ///
    /// @param explanation the way
    /// @param kernelAgrees empty when the kernel was not asked
    /// @param disagreements what it answers otherwise
    public record Entry(Explanation explanation, Optional<Boolean> kernelAgrees, List<String> disagreements) {}

    /// The document of one packet.
    public static String of(String link, Entry entry) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    new ExplanationJson(json).fields(link, entry);
                    json.writeEndObject();
                },
                null);
    }

    /// The document of the endpoints of all peers.
    public static String ofPeers(String link, List<Entry> entries) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeStringField("interface", JsonText.decode(link));
                    new ExplanationJson(json).entries("peers", link, entries);
                    json.writeEndObject();
                },
                null);
    }

    /// The document of a host name.
    ///
    /// @param others addresses of the name that were not asked about
    /// @param entries one for each address that was asked about
    public static String ofName(String link, String name, List<String> others, List<Entry> entries) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeStringField("interface", JsonText.decode(link));
                    json.writeStringField("name", JsonText.decode(name));
                    ExplanationJson document = new ExplanationJson(json);
                    document.strings("otherAddresses", others);
                    document.entries("addresses", link, entries);
                    json.writeEndObject();
                },
                null);
    }

    private void entries(String array, String link, List<Entry> entries) throws IOException {
        json.writeArrayFieldStart(array);
        for (Entry entry : entries) {
            json.writeStartObject();
            fields(link, entry);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void fields(String link, Entry entry) throws IOException {
        Explanation explanation = entry.explanation();
        json.writeObjectFieldStart("question");
        json.writeStringField("interface", JsonText.decode(link));
        if (explanation.inner().isPresent()) {
            question(explanation.inner().get().question());
        }
        json.writeEndObject();
        json.writeStringField("verdict", explanation.verdict().word());
        json.writeStringField("headline", JsonText.decode(explanation.headline()));
        if (explanation.inner().isPresent()) {
            LookupResult inner = explanation.inner().get().result();
            steps(inner);
            json.writeObjectFieldStart("inner");
            answer(inner);
            json.writeEndObject();
        }
        json.writeArrayFieldStart("outer");
        for (Explanation.Outer outer : explanation.outer()) {
            json.writeStartObject();
            json.writeStringField("interface", JsonText.decode(outer.link()));
            json.writeStringField("publicKey", outer.peer().toBase64());
            json.writeStringField("endpoint", outer.endpoint().text());
            json.writeObjectFieldStart("question");
            question(outer.lookup().question());
            json.writeEndObject();
            steps(outer.lookup().result());
            answer(outer.lookup().result());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayFieldStart("facts");
        for (Explanation.Fact fact : explanation.facts()) {
            json.writeStartObject();
            json.writeStringField("name", fact.name());
            json.writeStringField("text", JsonText.decode(fact.text()));
            json.writeEndObject();
        }
        json.writeEndArray();
        strings("remedies", explanation.remedies());
        strings("proof", explanation.proofs());
        strings("unsure", explanation.unsure());
        if (entry.kernelAgrees().isPresent()) {
            json.writeBooleanField("kernelAgrees", entry.kernelAgrees().get());
            if (!entry.disagreements().isEmpty()) {
                strings("kernelSays", entry.disagreements());
            }
        }
    }

    private void question(FlowQuestion question) throws IOException {
        json.writeStringField("address", question.destination().text());
        address("from", question.source());
        if (question.mark() != 0) {
            json.writeNumberField("mark", Integer.toUnsignedLong(question.mark()));
        }
        text("iif", question.iif());
        text("oif", question.oif());
        if (question.tos() != 0) {
            json.writeNumberField("tos", question.tos());
        }
        if (question.protocol().isPresent()) {
            json.writeNumberField("protocol", question.protocol().getAsInt());
        }
        if (question.sourcePort() != 0) {
            json.writeNumberField("sport", question.sourcePort());
        }
        if (question.destinationPort() != 0) {
            json.writeNumberField("dport", question.destinationPort());
        }
        json.writeNumberField("uid", Integer.toUnsignedLong(question.uid()));
    }

    private void steps(LookupResult result) throws IOException {
        json.writeArrayFieldStart("steps");
        for (RuleStep step : result.steps()) {
            json.writeStartObject();
            json.writeObjectFieldStart("rule");
            json.writeNumberField(
                    "priority", Integer.toUnsignedLong(step.rule().priority().orElse(0)));
            json.writeStringField("text", JsonText.decode(Wording.rule(step.rule())));
            json.writeEndObject();
            if (step.rule().table() != 0) {
                json.writeStringField("table", Wording.table(step.rule().table()));
            }
            json.writeStringField("outcome", step.outcome().name().toLowerCase(java.util.Locale.ROOT));
            json.writeStringField("result", JsonText.decode(step.text()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void answer(LookupResult result) throws IOException {
        if (result.refusal().isPresent()) {
            json.writeObjectFieldStart("refusal");
            json.writeStringField("error", result.refusal().get().error().name());
            json.writeStringField(
                    "reason", JsonText.decode(result.refusal().get().text()));
            json.writeEndObject();
            return;
        }
        json.writeStringField("type", result.type().word());
        json.writeArrayFieldStart("ways");
        for (NextHopChoice choice : result.choices()) {
            json.writeStartObject();
            json.writeStringField("device", JsonText.decode(choice.device()));
            address("gateway", choice.gateway());
            address("source", choice.source());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (result.route().isPresent()) {
            FibRoute route = result.route().get();
            json.writeObjectFieldStart("route");
            json.writeStringField("text", JsonText.decode(route.text()));
            json.writeStringField("table", Wording.table(route.table()));
            json.writeStringField("prefix", route.destination().text());
            json.writeNumberField("metric", Integer.toUnsignedLong(route.metric()));
            json.writeEndObject();
        }
    }

    private void address(String name, Optional<IpAddress> address) throws IOException {
        if (address.isPresent()) {
            json.writeStringField(name, address.get().text());
        }
    }

    private void text(String name, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            json.writeStringField(name, JsonText.decode(text.get()));
        }
    }

    private void strings(String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(JsonText.decode(text));
        }
        json.writeEndArray();
    }
}
