// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.config.net.IpFamily;
import io.wgj.diagnosis.routing.Agreement;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelAnswer;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.netlink.route.FibRoute;
import io.wgj.netlink.route.RouteNetlink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Random questions about random hosts, answered by our look-up and by the kernel.
///
///     java … io.wgj.diagnosis.host.RouteCampaign FIRST-SEED SYSTEMS QUESTIONS [vrf]
///
/// It needs root, and network namespaces of its own that end with it.
public final class RouteCampaign {
    /// What a look-up says it may be wrong about; where one of these is told, a difference is no mistake.
    private static final List<String> DOUBTS = List.of(
            "by hand",
            "source-specific",
            "share a next hop",
            "suppress_ifgroup with",
            "depends on the next hop",
            "of a later next hop");

    private final List<String> differences = new ArrayList<>();
    private final Map<String, Integer> notJudged = new TreeMap<>();
    private int asked;
    private int ways;
    private int routes;
    private int rules;
    private int lines;
    private int refused;

    /// Prints what differs and the sums; ends with 1 when an answer differs.
    public static void main(String[] words) throws Exception {
        RouteCampaign campaign = new RouteCampaign();
        long first = Long.parseLong(words[0]);
        int systems = Integer.parseInt(words[1]);
        boolean withVrf = words.length > 3 && words[3].equals("vrf");
        for (int i = 0; i < systems; i++) {
            campaign.run(first + i, Integer.parseInt(words[2]), withVrf);
        }
        campaign.differences().stream().limit(40).forEach(System.out::println);
        System.out.println(campaign.summary());
        System.exit(campaign.differences().isEmpty() ? 0 : 1);
    }

    /// Asks about one random host.
    ///
    /// @param withVrf whether it has VRFs, where the kernel knows them
    public void run(long seed, int questions, boolean withVrf) throws InterruptedException {
        Network.with(network -> {
            RandomSystem system = new RandomSystem(seed, withVrf);
            system.build(network);
            lines += network.applied();
            refused += network.refused().size();
            if (System.getenv("WGJ_SHOW_REFUSED") != null) {
                network.refused().forEach(System.out::println);
            }
            List<FlowQuestion> wanted = new RandomQuestions(system).take(questions);
            compare(seed, wanted);
            return wanted.size();
        });
    }

    private void compare(long seed, List<FlowQuestion> questions) throws Exception {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            SteadyHost<List<KernelAnswer>> steady =
                    SteadyHost.ask(new SnapshotReader(netlink), host -> new KernelRoutes(netlink, host).ask(questions));
            judge(seed, steady.host(), questions, steady.answers());
        }
    }

    private void judge(long seed, HostSnapshot host, List<FlowQuestion> questions, List<KernelAnswer> answers) {
        routes += host.routes().size();
        rules += host.rules().size();
        RouteLookup lookup = new RouteLookup(host);
        for (int i = 0; i < questions.size(); i++) {
            FlowQuestion question = questions.get(i);
            KernelAnswer answer = answers.get(i);
            LookupResult ours = lookup.find(question);
            asked++;
            ways += answer.way().isPresent() ? 1 : 0;
            Optional<String> difference = Agreement.difference(question, ours, answer);
            if (difference.isPresent()) {
                Optional<String> doubt = doubt(ours).or(() -> hiddenRoute(host, question, answer));
                if (doubt.isPresent()) {
                    notJudged.merge(doubt.get(), 1, Integer::sum);
                } else {
                    differences.add("seed " + seed + ": " + question.command() + ": " + difference.get()
                            + "\n    ours: " + ours + "\n    kernel: " + answer);
                }
            }
        }
    }

    private static Optional<String> doubt(LookupResult ours) {
        return DOUBTS.stream()
                .filter(word -> ours.unsure().stream().anyMatch(reason -> reason.contains(word)))
                .findFirst();
    }

    /// An IPv6 route that was added between two next hops of one destination and metric counts, and is in no dump.
    /// Where
    /// it refuses, the kernel does not even name it.
    private static Optional<String> hiddenRoute(HostSnapshot host, FlowQuestion question, KernelAnswer answer) {
        if (question.family() == IpFamily.V4) {
            return Optional.empty();
        }
        boolean hidden = answer.matched().isPresent()
                ? host.routes().stream()
                        .noneMatch(route -> isSameRoute(route, answer.matched().get()))
                : host.routes().stream()
                        .anyMatch(route -> route.multipath()
                                && route.nextHopId() == 0
                                && route.destination().contains(question.destination()));
        return hidden ? Optional.of("in no dump") : Optional.empty();
    }

    private static boolean isSameRoute(FibRoute route, FibRoute named) {
        String device = named.nextHops().getFirst().device().orElse("");
        return route.table() == named.table()
                && route.destination().equals(named.destination())
                && route.metric() == named.metric()
                && (route.leavesThrough(device) || named.nextHopId() != 0);
    }

    /// What differs, a text each.
    public List<String> differences() {
        return differences;
    }

    /// How many questions were asked.
    public int asked() {
        return asked;
    }

    /// The sums, in words.
    public String summary() {
        return asked + " questions (" + ways + " with a way), " + routes + " routes, " + rules + " rules (ip took "
                + (lines - refused) + " of " + lines + " lines): "
                + differences.size() + " different; not judged and different: " + notJudged;
    }
}
