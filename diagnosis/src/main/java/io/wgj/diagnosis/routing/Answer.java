// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.routing;

import io.wgj.config.net.IpAddress;
import io.wgj.netlink.route.RouteType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A [LookupResult] in the making.
final class Answer {
    private final Trace trace = new Trace();
    private final boolean oneTree;
    private RouteType type = RouteType.UNICAST;
    private List<NextHopChoice> choices = List.of();
    private @Nullable Match match;
    private String note = "";

    Answer(boolean oneTree) {
        this.oneTree = oneTree;
    }

    Trace trace() {
        return trace;
    }

    void doubt(String reason) {
        trace.doubt(reason);
    }

    void note(String text) {
        note = text;
    }

    void type(RouteType value) {
        type = value;
    }

    /// The route that decided.
    void decided(Match value) {
        match = value;
        type = value.route().type();
    }

    void choose(List<NextHopChoice> value) {
        choices = List.copyOf(value);
    }

    /// One way out, without a gateway.
    void only(RouteType value, String device, @Nullable IpAddress source) {
        type = value;
        choose(List.of(new NextHopChoice(device, Optional.empty(), Optional.ofNullable(source))));
    }

    LookupResult result() {
        return finish(Optional.empty(), choices);
    }

    LookupResult refused(Refusal refusal) {
        return finish(Optional.of(refusal), List.of());
    }

    private LookupResult finish(Optional<Refusal> refusal, List<NextHopChoice> ways) {
        return new LookupResult(
                refusal,
                type,
                ways,
                match == null ? Optional.empty() : Optional.ofNullable(match.rule()),
                match == null ? Optional.empty() : Optional.of(match.route()),
                trace.steps(),
                oneTree,
                note,
                trace.doubts());
    }
}
