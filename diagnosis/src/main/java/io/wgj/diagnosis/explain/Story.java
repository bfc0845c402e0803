// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.LookupResult;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An [Explanation] in the making.
final class Story {
    private Verdict verdict = Verdict.OK;
    private String headline = "";
    private final List<Explanation.Fact> facts = new ArrayList<>();
    private final List<String> remedies = new ArrayList<>();
    private final List<String> proofs = new ArrayList<>();
    private final Set<String> unsure = new LinkedHashSet<>();
    private Explanation.@Nullable Lookup inner;
    private final List<Explanation.Outer> outer = new ArrayList<>();
    /// How the ciphertext of the outermost tunnel leaves: `by eth0`.
    private String leaving = "";

    /// Sets the verdict. The first one stays, except that a packet that never leaves is worse than one in
    /// fragments.
    void fail(Verdict worse, String sentence) {
        if (verdict.passes()) {
            verdict = worse;
            headline = sentence;
        }
    }

    /// Sets the headline of a packet that gets through.
    void tell(String sentence) {
        if (verdict == Verdict.OK) {
            headline = sentence;
        }
    }

    boolean isWell() {
        return verdict == Verdict.OK;
    }

    void fact(String name, String text) {
        facts.add(new Explanation.Fact(name, text));
    }

    boolean has(String name) {
        return facts.stream().anyMatch(fact -> fact.name().equals(name));
    }

    void remedy(String text) {
        remedies.add(text);
    }

    void proof(String command) {
        proofs.add(command);
    }

    void leaving(String text) {
        leaving = text;
    }

    String leaving() {
        return leaving;
    }

    void inner(FlowQuestion question, LookupResult result) {
        inner = new Explanation.Lookup(question, result);
        unsure.addAll(result.unsure());
    }

    void outer(String link, PublicKey peer, Endpoint.Numeric endpoint, FlowQuestion question, LookupResult result) {
        outer.add(new Explanation.Outer(link, peer, endpoint, new Explanation.Lookup(question, result)));
        unsure.addAll(result.unsure());
    }

    Explanation end() {
        return new Explanation(
                verdict, headline, facts, remedies, proofs, Optional.ofNullable(inner), outer, List.copyOf(unsure));
    }
}
