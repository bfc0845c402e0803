// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.diagnosis.routing.Agreement;
import io.wgj.diagnosis.routing.FlowQuestion;
import io.wgj.diagnosis.routing.HostSnapshot;
import io.wgj.diagnosis.routing.KernelAnswer;
import io.wgj.diagnosis.routing.LookupResult;
import io.wgj.diagnosis.routing.RouteLookup;
import io.wgj.diagnosis.routing.SnapshotText;
import io.wgj.netlink.route.RouteNetlink;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Our look-up beside the kernel's own, in network namespaces.
///
/// `WGJ_RENEW=FOLDER` writes the hand-made hosts there, as the recordings of `RecordedHostsTest`; `WGJ_SEED`
/// repeats a campaign.
@Tag("namespace")
class RouteLookupNamespaceTest {
    private static final int SYSTEMS = 50;
    private static final int QUESTIONS = 100;

    static final List<FixedSystem> FIXED = FixedSystem.ALL;

    @ParameterizedTest
    @FieldSource("FIXED")
    void handMadeHosts(FixedSystem system) throws Exception {
        List<String> differences = Network.with(network -> {
            network.apply(system.all());
            // A link that lost its carrier tells so a little later.
            Thread.sleep(system.lines().stream().anyMatch(line -> line.endsWith(" down")) ? 1200 : 0);
            assertThat(network.refused()).isEmpty();
            return differences(system);
        });
        assertThat(differences).isEmpty();
    }

    private static List<String> differences(FixedSystem system) throws Exception {
        try (RouteNetlink netlink = RouteNetlink.open()) {
            List<FlowQuestion> questions =
                    system.questions().stream().map(SnapshotText::readQuestion).toList();
            SteadyHost<List<KernelAnswer>> steady =
                    SteadyHost.ask(new SnapshotReader(netlink), seen -> new KernelRoutes(netlink, seen).ask(questions));
            HostSnapshot host = steady.host();
            List<KernelAnswer> answers = steady.answers();
            record(system, host, answers);
            List<String> differences = new ArrayList<>();
            RouteLookup lookup = new RouteLookup(host);
            for (int i = 0; i < questions.size(); i++) {
                FlowQuestion question = questions.get(i);
                LookupResult ours = lookup.find(question);
                Agreement.difference(question, ours, answers.get(i))
                        .ifPresent(difference -> differences.add(question.command() + ": " + difference + ": " + ours));
            }
            return differences;
        }
    }

    private static void record(FixedSystem system, HostSnapshot host, List<KernelAnswer> answers) throws Exception {
        String folder = System.getenv("WGJ_RENEW");
        if (folder == null) {
            return;
        }
        List<String> lines = new ArrayList<>(SnapshotText.write(host));
        for (int i = 0; i < answers.size(); i++) {
            lines.add("ask " + system.questions().get(i));
            lines.add("answer " + SnapshotText.answer(answers.get(i)));
        }
        Files.write(Path.of(folder, system.name() + ".txt"), lines);
    }

    @Test
    @Tag("long")
    void randomQuestionsAboutRandomHosts() throws Exception {
        String given = System.getenv("WGJ_SEED");
        long seed = given == null ? System.nanoTime() >>> 10 : Long.parseLong(given);
        System.out.println("WGJ_SEED=" + seed);
        RouteCampaign campaign = new RouteCampaign();
        for (int i = 0; i < SYSTEMS; i++) {
            campaign.run(seed + i, QUESTIONS, false);
        }
        System.out.println(campaign.summary());
        assertThat(campaign.asked()).isEqualTo(SYSTEMS * QUESTIONS);
        assertThat(campaign.differences()).as("WGJ_SEED=%s", seed).isEmpty();
    }

    /// Our own request and ip(8)'s are the same question.
    @Test
    void ipRouteGetSaysTheSame() throws Exception {
        List<String> differences = Network.with(network -> {
            RandomSystem system = new RandomSystem(7, false);
            system.build(network);
            List<String> wrong = new ArrayList<>();
            try (RouteNetlink netlink = RouteNetlink.open()) {
                List<FlowQuestion> questions = new RandomQuestions(system).take(40);
                SteadyHost<List<String>> steady =
                        SteadyHost.ask(new SnapshotReader(netlink), seen -> ipRouteGet(questions));
                RouteLookup lookup = new RouteLookup(steady.host());
                for (int i = 0; i < questions.size(); i++) {
                    LookupResult ours = lookup.find(questions.get(i));
                    String told = steady.answers().get(i);
                    if (!agrees(ours, told)) {
                        wrong.add(questions.get(i).command() + ": " + told + ": " + ours);
                    }
                }
            }
            return wrong;
        });
        assertThat(differences).isEmpty();
    }

    private static List<String> ipRouteGet(List<FlowQuestion> questions) {
        List<String> told = new ArrayList<>();
        for (FlowQuestion question : questions) {
            told.add(Network.run(List.of(question.command().split(" ", -1)), List.of()));
        }
        return told;
    }

    private static boolean agrees(LookupResult ours, String told) {
        if (ours.refusal().isPresent()) {
            return told.contains(ours.refusal().get().error().sentence());
        }
        return ours.choices().stream()
                .anyMatch(choice -> told.contains(" dev " + choice.device() + " ")
                        && choice.gateway()
                                .map(gateway -> told.contains(" via " + gateway.text() + " ")
                                        || told.contains(" via inet6 " + gateway.text() + " "))
                                .orElse(!told.contains(" via ")));
    }
}
