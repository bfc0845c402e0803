// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.Endpoint;
import io.wgj.diagnosis.doctor.Diagnosed;
import io.wgj.diagnosis.doctor.Evidence;
import io.wgj.diagnosis.doctor.Facts;
import io.wgj.diagnosis.doctor.PeerFacts;
import io.wgj.diagnosis.doctor.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Verdicts as a document: `{"schema":"wgj/1","interface":"wg0","healthy":false,"peers":[{"publicKey":"…",
/// "endpoint":"…","cause":"portClosed","certain":true,"sentence":"…","evidence":[{"kind":"icmp","text":"…",
/// "at":"…"}],"remedies":["…"],"undecided":["…"],…}]}`. The words of `cause` are those of
/// [io.wgj.diagnosis.doctor.Cause].
public final class DoctorJson {
    private static final double NANOS = 1e9;

    private DoctorJson() {}

    /// The document.
    public static String of(DeviceName name, List<Diagnosed> diagnosed) {
        return JsonText.of(
                json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", JsonText.SCHEMA);
                    json.writeStringField("interface", JsonText.decode(name.text()));
                    boolean healthy = true;
                    for (Diagnosed one : diagnosed) {
                        healthy &= one.verdict().isHealthy();
                    }
                    json.writeBooleanField("healthy", healthy);
                    json.writeArrayFieldStart("peers");
                    for (Diagnosed one : diagnosed) {
                        peer(json, one);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                },
                null);
    }

    private static void peer(JsonGenerator json, Diagnosed one) throws IOException {
        Facts facts = one.facts();
        Verdict verdict = one.verdict();
        json.writeStartObject();
        Optional<PeerFacts> peer = facts.peer();
        if (peer.isPresent()) {
            json.writeStringField("publicKey", peer.get().key().toBase64());
            Optional<Endpoint.Numeric> endpoint = peer.get().endpoint();
            if (endpoint.isPresent()) {
                json.writeStringField("endpoint", endpoint.get().text());
            }
        }
        json.writeStringField("cause", verdict.cause().word());
        json.writeBooleanField("certain", verdict.isCertain());
        json.writeStringField("sentence", JsonText.decode(verdict.sentence()));
        json.writeArrayFieldStart("evidence");
        for (Evidence evidence : verdict.evidence()) {
            json.writeStartObject();
            json.writeStringField("kind", evidence.word());
            json.writeStringField("text", JsonText.decode(evidence.text()));
            if (evidence.at().isPresent()) {
                json.writeStringField("at", evidence.at().get().toString());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
        texts(json, "remedies", verdict.remedies());
        texts(json, "undecided", verdict.undecided());
        json.writeStringField("began", facts.began().toString());
        json.writeNumberField("watched", facts.watched().toNanos() / NANOS);
        if (peer.isPresent()) {
            json.writeNumberField("rxBytes", peer.get().rx());
            json.writeNumberField("txBytes", peer.get().tx());
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(JsonText.decode(text));
        }
        json.writeEndArray();
    }
}
