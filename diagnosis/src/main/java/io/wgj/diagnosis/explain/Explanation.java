// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.explain;

import io.wgj.config.key.PublicKey;
import io.wgj.config.net.Endpoint;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.LookupResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The way of one packet in words, and the look-ups behind them. Text is UTF-8, a byte a char.
///
/// @param verdict what becomes of it
/// @param headline one sentence, the gravest thing first
/// @param facts what led to it, in order
/// @param remedies what helps, ready to paste
/// @param proofs commands that show the same
/// @param inner the packet's own look-up; empty when only a peer's endpoint was asked about
/// @param outer the look-ups of the ciphertext, those of tunnels inside tunnels one behind the other
/// @param unsure what the answer cannot know, a clause each
public record Explanation(
        Verdict verdict,
        String headline,
        List<Fact> facts,
        List<String> remedies,
        List<String> proofs,
        Optional<Lookup> inner,
        List<Outer> outer,
        List<String> unsure) {
    public Explanation {
        facts = List.copyOf(facts);
        remedies = List.copyOf(remedies);
        proofs = List.copyOf(proofs);
        outer = List.copyOf(outer);
        unsure = List.copyOf(unsure);
    }

    /// One line of the story.
    ///
    /// @param name a word, such as `route`
    /// @param text the line
    public record Fact(String name, String text) {}

    /// A question and its answer.
    public record Lookup(FlowQuestion question, LookupResult result) {}

    /// The way of the ciphertext of one tunnel.
    ///
    /// @param link the tunnel
    /// @param peer whose packets they are
    /// @param endpoint where they go
    /// @param lookup how
    public record Outer(String link, PublicKey peer, Endpoint.Numeric endpoint, Lookup lookup) {}

    /// All look-ups, in order: what the kernel can be asked too.
    public List<Lookup> lookups() {
        List<Lookup> all = new ArrayList<>();
        inner.ifPresent(all::add);
        for (Outer step : outer) {
            all.add(step.lookup());
        }
        return all;
    }
}
