// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.LookupException;
import io.wgj.cli.host.QuickHost;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.cases.Case;
import io.wgj.config.key.PrivateKey;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.model.HostLink;
import io.wgj.quick.model.Step;
import io.wgj.quick.plan.PlanException;
import io.wgj.quick.run.Confirmation;
import io.wgj.quick.run.RunException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QuickCommandsTest {
    private static final String FILE = "/etc/wireguard/wg0.conf";
    private static final String GOOD = "[Interface]\nPrivateKey = " + States.PRIV + "\n[Peer]\nPublicKey = " + States.K1
            + "\nEndpoint = far.example:53\nAllowedIPs = 10.7.0.0/16\n";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void aGoodFile() {
        host.files.own("/etc/wireguard", 0, 0040700);
        host.files.put(FILE, GOOD);
    }

    @Test
    void upTellsWhatItDoes() {
        host.quick.runner.steps.add(new Step.CreateLink(new InterfaceName("wg0")));
        assertThat(Ran.wgQuick(host, "up", "wg0"))
                .isEqualTo(new Ran(0, "", "[#] ip link add dev wg0 type wireguard\n"));
        assertThat(host.quick.runner.updates.getFirst().peers()).hasSize(1);
    }

    @Test
    @Case("O12")
    void anImpossiblePlanHasItsOwnCode() {
        host.quick.runner.impossible = new PlanException(1, "`wg0' already exists");
        assertThat(Ran.wgQuick(host, "up", "wg0")).isEqualTo(new Ran(1, "", "wg-quick: `wg0' already exists\n"));
        host.quick.runner.impossible = new PlanException(255, "no such table");
        assertThat(Ran.wgQuick(host, "up", "wg0").code()).isEqualTo(255);
    }

    @Test
    @Case("Q30")
    void aRunEndsWithTheCodeOfWhatFailed() {
        host.quick.runner.failure = new RunException(9, List.of());
        assertThat(Ran.wgQuick(host, "up", "wg0")).isEqualTo(new Ran(9, "", ""));
        host.quick.runner.failure = new RunException(2, "RTNETLINK answers: File exists");
        assertThat(Ran.wgQuick(host, "up", "wg0")).isEqualTo(new Ran(2, "", "RTNETLINK answers: File exists\n"));
    }

    @Test
    @Case("Q35")
    void aBadFileIsRefusedBeforeAnythingIsDone() {
        host.files.put(FILE, "[Interface]\nAddress = 10.0.0.1/33\nFoo = bar\n");
        assertThat(Ran.wgQuick(host, "up", "wg0"))
                .isEqualTo(new Ran(1, "", "Line unrecognized: `Foo=bar'\nConfiguration parsing error\n"));
        Ran ours = Ran.wgjQuick(host, "up", "wg0");
        assertThat(ours.err())
                .startsWith("Line unrecognized: `Foo=bar'\nConfiguration parsing error\nwgj: " + FILE
                        + ":2:11: [Interface] Address: ")
                .contains("\nwgj: " + FILE + ":3:1: [Interface] ");
        assertThat(ours.code()).isEqualTo(1);
        assertThat(Ran.wgjQuick(host, "reload", "wg0").code()).isEqualTo(3);
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @Test
    @Case("Q36")
    void whereTheOriginalHasNoWordsItsFormIsKept() {
        host.files.put(FILE, "[Interface]\nAddress = 10.0.0.1/33\nMTU = x\n");
        Ran ran = Ran.wgjQuick(host, "up", "wg0");
        assertThat(ran.err())
                .startsWith("wgj-quick: " + FILE + ":2:11: [Interface] Address: ")
                .contains("\nwgj: " + FILE + ":3:7: [Interface] MTU: ");
        assertThat(ran.err().lines()).hasSize(2);
        assertThat(ran.code()).isEqualTo(1);
    }

    @Test
    void aBadKeyFileIsRefusedBeforeAnythingIsDoneUnlessPreUpMayMakeIt() {
        host.files.put(FILE, "[Interface]\nPrivateKeyFile = k\n");
        assertThat(Ran.wgQuick(host, "up", "wg0").err()).contains("`/etc/wireguard/k': No such file or directory");
        assertThat(host.quick.runner.runs).isEmpty();
        host.files.put(FILE, "[Interface]\nPrivateKeyFile = k\nPreUp = wg genkey > k\n");
        assertThat(Ran.wgQuick(host, "up", "wg0").code()).isEqualTo(1);
        assertThat(host.quick.runner.runs).containsExactly("up wg0");
    }

    @Test
    void aNameThatNobodyKnowsEndsTheRun() {
        host.lookupFailure = new LookupException("Name or service not known", true);
        Ran ran = Ran.wgjQuick(host, "up", "wg0");
        assertThat(ran)
                .isEqualTo(new Ran(
                        1,
                        "",
                        "Name or service not known: `far.example:53'\nwgj: " + FILE
                                + ":5:12: the system's resolver does not know it\nConfiguration parsing error\n"));
    }

    @Test
    @Case("O11")
    void downAndSaveNeedTheInterface() {
        for (String verb : new String[] {"down", "save"}) {
            assertThat(Ran.wgQuick(host, verb, "wg0"))
                    .isEqualTo(new Ran(1, "", "wg-quick: `wg0' is not a WireGuard interface\n"));
        }
        assertThat(Ran.wgjQuick(host, "reload", "wg0").code()).isEqualTo(5);
        assertThat(Ran.wgjQuick(host, "down", "--idempotent", "wg0")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @Test
    void downTakesAwayWhatAKilledRunLeft() {
        host.quick.runner.journal = true;
        assertThat(Ran.wgQuick(host, "down", "wg0").code()).isZero();
        assertThat(host.quick.runner.runs).containsExactly("down wg0");
    }

    @Test
    void downNeedsNoGoodFile() {
        host.devices.put(States.empty("wg0"));
        host.files.put(FILE, "[Interface]\nAddress = nonsense\nFoo = bar\n[Peer]\nProbe = x\n");
        assertThat(Ran.wgQuick(host, "down", "wg0")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void aLostFileIsHelpedWith() {
        host.files.remove(FILE);
        host.quick.runner.journal = true;
        assertThat(Ran.wgjQuick(host, "down", "wg0").err())
                .contains("\nwgj: if the file is lost, `wgj-quick down --from");
        assertThat(Ran.wgQuick(host, "down", "wg0").err()).doesNotContain("wgj:");
        assertThat(Ran.wgjQuick(host, "down", "--from-journal", "wg0")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.quick.runner.runs).containsExactly("down wg0");
    }

    @Test
    void upOfWhatIsUpIsNothingToDoWhenAskedSo() {
        host.devices.put(States.empty("wg0"));
        assertThat(Ran.wgjQuick(host, "up", "wg0", "--idempotent")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @Test
    void manyFilesGoOneAfterTheOther() {
        host.files.put("/etc/wireguard/wg1.conf", "[Interface]\nFoo\n");
        host.files.put("/etc/wireguard/wg2.conf", GOOD);
        assertThat(Ran.wgjQuick(host, "up", "--many", "wg0", "wg1", "wg2").code())
                .isEqualTo(1);
        assertThat(host.quick.runner.runs).containsExactly("up wg0");
    }

    @Test
    @Case({"R02", "R04"})
    void saveReplacesTheFileAtOnce() {
        host.devices.put(States.empty("wg0"));
        host.quick.runner.links.add(new HostLink("wg0", 1400, false, List.of()));
        host.quick.programs.put(
                "resolvconf -l wg0", new QuickHost.Captured(0, "nameserver 9.9.9.9\nsearch x\nnameserver 1.1.1.1 x\n"));
        host.files.put(FILE, "[Interface]\nMTU = 1300\n");
        assertThat(Ran.wgQuick(host, "save", "wg0")).isEqualTo(new Ran(0, "", "[#] wg showconf wg0\n"));
        assertThat(host.files.text(FILE)).isEqualTo("[Interface]\nDNS = 9.9.9.9\nMTU = 1400\n");
        assertThat(host.quick.fileChanges)
                .containsExactly("create " + FILE + ".tmp", "rename " + FILE + ".tmp " + FILE);
    }

    @Test
    void aFileThatOthersCanChangeIsWarnedAboutAndRefusedWhenStrict() {
        host.files.put(FILE, GOOD);
        ownFolders();
        host.files.own(FILE, 0, 0100602);
        String problem = FILE + ": everybody may write to it";
        for (String verb : List.of("up", "down", "reload", "plan", "strip")) {
            host.devices.put(States.empty("wg0"));
            boolean ours = verb.equals("plan") || verb.equals("reload");
            assertThat(Ran.wgjQuick(host, verb, "wg0").err()).contains((ours ? "wgj-quick: " : "wgj: ") + problem);
            assertThat(Ran.wgQuick(host, verb, "wg0").err()).doesNotContain(problem);
            Ran strict = Ran.wgjQuick(host, verb, "--strict", "wg0");
            assertThat(strict.err()).startsWith("wgj-quick: " + problem);
            assertThat(strict.code()).isEqualTo(ours ? 3 : 1);
        }
        assertThat(Ran.wgjQuick(host, "plan", "wg0", "--json").out()).contains(problem);
        assertThat(Ran.wgjQuick(host, "plan", "wg0", "--json", "--strict").err())
                .contains("\"code\":3", problem);
        host.files.own(FILE, 0, 0100600);
        assertThat(Ran.wgjQuick(host, "up", "--strict", "wg0").code()).isZero();
    }

    private void ownFolders() {
        for (String folder : List.of("/", "/etc", "/etc/wireguard")) {
            host.files.own(folder, 0, 0040755);
        }
    }

    @Test
    void keysOfTheMonitorThatDoNothingAreToldWithTheirPlaces() {
        host.files.put(FILE, GOOD + "Probe = 10.200.0.1\nWithdrawRoutes = blackhole\n");
        host.devices.put(States.empty("wg0"));
        int first = (int) GOOD.chars().filter(c -> c == '\n').count() + 1;
        String[] said = {"10.200.0.1 is not in the AllowedIPs", "WithdrawRoutes does nothing"};
        for (List<String> words :
                List.of(List.of("up"), List.of("reload"), List.of("plan"), List.of("plan", "reload"))) {
            List<String> all = new ArrayList<>(words);
            all.add("wg0");
            Ran ran = Ran.wgjQuick(host, all.toArray(String[]::new));
            // A plan has its notes in itself.
            String text = words.contains("plan") ? ran.out() : ran.err();
            for (int i = 0; i < said.length; i++) {
                assertThat(text).as(words.toString()).contains(FILE + ":" + (first + i) + ":", said[i]);
            }
        }
        assertThat(Ran.wgQuick(host, "up", "wg0").err()).doesNotContain("does nothing");
        assertThat(Ran.wgjQuick(host, "down", "wg0").err()).doesNotContain("does nothing");
    }

    @Test
    void aFullDiskLosesNothing() {
        host.devices.put(States.empty("wg0"));
        host.quick.createFailure = new FileException(28);
        Ran ran = Ran.wgjQuick(host, "save", "wg0");
        assertThat(ran.err())
                .endsWith("wgj-quick: Could not write configuration file\nwgj: " + FILE
                        + ".tmp: No space left on device; the file is as it was\n");
        assertThat(ran.code()).isEqualTo(1);
        host.quick.createFailure = null;
        host.quick.renameFailure = new FileException(30);
        assertThat(Ran.wgQuick(host, "save", "wg0").err()).endsWith("wg-quick: Could not move configuration file\n");
        assertThat(host.files.has(FILE + ".tmp")).isFalse();
        assertThat(host.files.text(FILE)).isEqualTo(GOOD);
    }

    @Test
    void downSavesWhenItIsAskedTo() {
        host.devices.put(States.empty("wg0"));
        host.files.put(FILE, "[Interface]\nSaveConfig = true\n");
        assertThat(Ran.wgQuick(host, "down", "wg0").code()).isZero();
        assertThat(host.files.text(FILE)).isEqualTo("[Interface]\nSaveConfig = true\n");
        assertThat(host.quick.fileChanges).hasSize(2);
        host.quick.createFailure = new FileException(28);
        assertThat(Ran.wgQuick(host, "down", "wg0"))
                .isEqualTo(new Ran(1, "", "wg-quick: Could not write configuration file\n"));
    }

    @Test
    void aPlanTouchesNothingAndHidesSecrets() {
        Ran ran = Ran.wgjQuick(host, "plan", "wg0");
        assertThat(ran.code()).isZero();
        assertThat(ran.out())
                .startsWith("ip link add dev wg0 type wireguard\nwg set wg0 private-key (hidden)\n")
                .contains("endpoint 192.0.2.9:53")
                .doesNotContain(States.PRIV);
        assertThat(host.quick.runner.runs).isEmpty();
        assertThat(Ran.wgjQuick(host, "plan", "--check", "wg0").code()).isEqualTo(6);
    }

    @Test
    void aPlanRunsNoCommandAndLooksUpNoNameWhenAskedNotTo() {
        host.files.put(FILE, GOOD.replace("PrivateKey = " + States.PRIV, "PrivateKeyCommand = rm -r /"));
        Ran ran = Ran.wgjQuick(host, "plan", "up", "wg0", "--no-dns");
        assertThat(ran.out())
                .contains("wg set wg0 peer " + States.K1 + " endpoint far.example:53 allowed-ips 10.7.0.0/16\n")
                .contains("wg set wg0 private-key (hidden)\n", "# PrivateKeyCommand was not run\n");
        assertThat(host.lookups).isEmpty();
        assertThat(host.quick.ran).isEmpty();
    }

    @Test
    void aPlanAsksAResolverOnce() {
        host.lookupFailure = new LookupException("Temporary failure in name resolution", false);
        Ran ran = Ran.wgjQuick(host, "plan", "wg0");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("--no-dns plans without");
        assertThat(host.sleeps).isEmpty();
        assertThat(host.lookups).hasSize(1);
    }

    @Test
    void aPlanIsADocument() {
        host.files.own(FILE, 0, 0100600);
        Ran ran = Ran.wgjQuick(host, "plan", "wg0", "--json");
        assertThat(ran.out())
                .startsWith("{\"schema\":\"wgj/1\",\"plan\":{\"verb\":\"up\",\"interface\":\"wg0\",\"file\":\"" + FILE
                        + "\",\"steps\":[{\"kind\":\"createLink\",\"interface\":\"wg0\","
                        + "\"commands\":[\"ip link add dev wg0 type wireguard\"]}")
                .endsWith("}\n");
        assertThat(ran.err()).isEmpty();
        host.files.put(FILE, "[Interface]\nFoo = bar\n");
        Ran bad = Ran.wgjQuick(host, "plan", "wg0", "--json");
        assertThat(bad.err()).startsWith("{\"schema\":\"wgj/1\",\"error\":{\"code\":3,\"message\":\"Line unrecognized");
        assertThat(bad.code()).isEqualTo(3);
    }

    /// Templates of meshes list the node itself.
    @Test
    void aPeerThatIsTheInterfaceItselfIsTold() {
        String own =
                PrivateKey.parseBase64(States.PRIV).orElseThrow().publicKey().toBase64();
        host.files.put(FILE, GOOD + "[Peer]\nPublicKey = " + own + "\nAllowedIPs = 10.8.0.0/16\n");
        Ran plan = Ran.wgjQuick(host, "plan", "wg0");
        assertThat(plan.out())
                .contains("# " + FILE + ":7:1: [Peer]: its public key is the interface's own")
                .contains("10.7.0.0/16")
                .doesNotContain("10.8.0.0");
    }

    @Test
    void reloadTellsItsNotes() {
        host.devices.put(States.empty("wg0"));
        assertThat(Ran.wgjQuick(host, "reload", "wg0")).isEqualTo(new Ran(0, "", "wgj-quick: a note\n"));
        host.files.put(FILE, "");
        Ran empty = Ran.wgjQuick(host, "reload", "wg0");
        assertThat(empty.err()).contains("there is no [Interface] section");
        assertThat(empty.code()).isEqualTo(3);
    }

    @Test
    void aTrialIsRunByAProcessOfItsOwn() {
        Ran ran = Ran.of(InvokedAs.WGJ_QUICK, "/x/wgj-quick", host, "up", "wg0", "--confirm", "60s");
        assertThat(host.quick.ran)
                .containsExactly(List.of(
                        "/bin/bash", "-p", "--", "/x/wgj-quick", "up", "--detached", "wg0", "--confirm", "60s"));
        assertThat(ran.code()).isEqualTo(9);
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @Test
    void aTrialIsRolledBackUnlessItIsConfirmed() {
        host.devices.put(States.empty("wg0"));
        String[] child = {"up", "--detached", "--confirm", "60s", "wg0"};
        assertThat(Ran.wgjQuick(host, child))
                .isEqualTo(new Ran(
                        9,
                        "",
                        "wgj: run `wgj-quick confirm wg0' within 60 s to keep this; otherwise it is rolled back\n"));
        assertThat(host.quick.runner.runs).containsExactly("up wg0", "roll back");
        assertThat(host.quick.fileChanges).containsExactly("leave session");
        host.quick.runner.confirmed = true;
        assertThat(Ran.wgjQuick(host, child).code()).isZero();
        assertThat(host.quick.runner.runs).endsWith("up wg0", "stay");
    }

    @Test
    void aReloadOnTrialTellsItsNotes() {
        host.devices.put(States.empty("wg0"));
        String[] child = {"reload", "--detached", "--confirm", "1m", "wg0"};
        Ran ran = Ran.wgjQuick(host, child);
        assertThat(ran.code()).isEqualTo(9);
        assertThat(ran.err()).isEqualTo("""
                        wgj-quick: a note
                        wgj-quick: run `wgj-quick confirm wg0' within 60 s to keep this; otherwise it is rolled back
                        """);
        host.quick.runner.confirmed = true;
        assertThat(Ran.wgjQuick(host, child).code()).isZero();
        assertThat(host.quick.runner.runs).containsExactly("reload wg0", "roll back", "reload wg0", "stay");
    }

    @Test
    void confirmNeedsWhatWaits() {
        assertThat(Ran.wgjQuick(host, "confirm", "wg0"))
                .isEqualTo(new Ran(5, "", "wgj-quick: nothing waits for a confirmation of `wg0'\n"));
        host.quick.runner.confirmation = Confirmation.TOO_LATE;
        assertThat(Ran.wgjQuick(host, "confirm", "wg0").code()).isEqualTo(7);
        host.quick.runner.confirmation = Confirmation.KEPT;
        assertThat(Ran.wgjQuick(host, "confirm", "wg0")).isEqualTo(new Ran(0, "", ""));
    }

    @Test
    void idempotentUpFinishesWhatAKilledOneBegan() {
        host.devices.put(States.empty("wg0"));
        assertThat(Ran.wgjQuick(host, "up", "--idempotent", "wg0").code()).isZero();
        assertThat(host.quick.runner.runs).isEmpty();
        host.quick.runner.unfinished = true;
        assertThat(Ran.wgjQuick(host, "up", "--idempotent", "wg0").code()).isZero();
        assertThat(host.quick.runner.runs).containsExactly("up wg0");
    }
}
