// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `wgj batch` on a machine in memory.
class BatchCommandTest {
    private static final String SECRET = "gEW4OWMZV6MuHvLxM1vjHvyh3FBPxMIsVmmRPHAhGmQ=";

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void twoDevices() {
        host.devices.put(States.empty("wg0"));
        host.devices.put(States.empty("wg1"));
    }

    private Ran batch(String lines, String... options) {
        host.type(lines);
        String[] words = new String[options.length + 1];
        words[0] = "batch";
        System.arraycopy(options, 0, words, 1, options.length);
        return Ran.wgj(host, words);
    }

    @Test
    void runsTheLinesOfStandardInputInTheirOrder() {
        Ran ran = batch("""
                # the interfaces
                wg show interfaces

                wgj show wg0 listen-port
                wg set wg1 fwmark '0x10'
                """);
        assertThat(ran).isEqualTo(new Ran(0, "wg0 wg1\n0\n", ""));
        assertThat(host.devices.accesses).containsExactly("read wg0", "apply wg1");
    }

    @Test
    void runsTheLinesOfAFile() {
        host.files.put("lines", "wg show interfaces");
        assertThat(Ran.wgj(host, "batch", "lines")).isEqualTo(new Ran(0, "wg0 wg1\n", ""));
        assertThat(Ran.wgj(host, "batch", "missing"))
                .isEqualTo(new Ran(5, "", "wgj: batch: missing: No such file or directory\n"));
    }

    @Test
    void stopsAtTheFirstFailureAndNamesItsLine() {
        Ran ran = batch("wg show interfaces\nwg show wg9\nwg set wg0 fwmark 1\n");
        assertThat(ran.code()).isOne();
        assertThat(ran.out()).isEqualTo("wg0 wg1\n");
        assertThat(ran.err())
                .startsWith("Unable to access interface: No such device\n")
                .endsWith("\nwgj: batch: line 2: exit code 1\n");
        assertThat(host.devices.accesses).containsExactly("read wg9");
    }

    @Test
    void goesOnWhenAskedTo() {
        Ran ran = batch("wgj nonsense\nwg show wg9\nwg set wg0 fwmark 1\n", "-k");
        assertThat(ran.code()).as("of the first failure").isEqualTo(2);
        assertThat(ran.err()).contains("line 1: exit code 2\n", "line 2: exit code 1\n");
        assertThat(host.devices.accesses).containsExactly("read wg9", "apply wg0");
    }

    @Test
    void linesOfWgAreThoseOfWgAlone() {
        Ran ran = batch("wg status\n");
        assertThat(ran.code()).isOne();
        assertThat(ran.err()).startsWith("Invalid subcommand: `status'\nUsage: wg <cmd> [<args>]\n");
    }

    @Test
    void aLineOfWgjQuickRuns() {
        host.files.own("/etc/wireguard", 0, 0040700);
        host.files.put("/etc/wireguard/wg0.conf", "[Interface]\nAddress = 10.0.0.1/24\n");
        Ran ran = batch("wgj-quick strip wg0\n");
        assertThat(ran).isEqualTo(new Ran(0, "[Interface]\n\n", ""));
    }

    @Test
    void doesNotBecomeSudo() {
        host.quick.userId = 1000;
        Ran ran = batch("wgj-quick up wg0\n");
        assertThat(ran.code()).isNotZero();
        assertThat(ran.err()).contains("it needs root; run the batch as root");
    }

    @ParameterizedTest
    @ValueSource(strings = {"monitor", "events", "demo", "batch", "engine wg7"})
    void commandsThatDoNotEndAreRefused(String words) {
        Ran ran = batch("wgj " + words + "\n");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("wgj: batch: line 1: `" + words.replaceFirst(" .*", "") + "'")
                .contains("outside of a batch");
    }

    @Test
    void confirmIsRefused() {
        Ran ran = batch("wgj-quick up --confirm 60s wg0\n");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).startsWith("wgj: batch: line 1: --confirm");
        assertThat(host.quick.runner.runs).isEmpty();
    }

    @Test
    void garbageIsASentence() {
        assertThat(batch("\u007fELF\u0002\u0001\0\0\n").err())
                .isEqualTo("wgj: batch: line 1, column 7: a NUL byte, which no word can have\n");
        assertThat(batch("ls -l\n").err())
                .isEqualTo("wgj: batch: line 1, column 1: `ls': a line begins with wg, wgj, wg-quick or wgj-quick\n");
        assertThat(batch("wg set \u00ff\u001b[31m '\n").err())
                .contains("line 1, column")
                .doesNotContain("\u001b");
        assertThat(batch("x".repeat(10 << 20) + "\nwg show interfaces\n", "-k"))
                .satisfies(ran -> assertThat(ran.err()).contains("line 1: longer than 1048576 bytes"))
                .satisfies(ran -> assertThat(ran.out()).isEqualTo("wg0 wg1\n"));
    }

    @Test
    void theLinesAreNoConfiguration() {
        Ran ran = batch("wgj setconf wg0 /dev/stdin\n[Interface]\n");
        assertThat(ran.code()).isOne();
        assertThat(ran.err()).contains("holds the lines of the batch");
        assertThat(host.devices.accesses).isEmpty();
        assertThat(batch("wg pubkey\n" + SECRET + "\n").code()).isOne();
    }

    @Test
    void eachLineIsOneObject() {
        Ran ran = batch("wg show interfaces\n\n  wgj show wg1 --json\nwg set wg0 fwmark 1\n", "--json");
        assertThat(ran.code()).isZero();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("""
                {"schema":"wgj/1","line":1,"command":"wg show interfaces","exit":0,"output":"wg0 wg1\\n"}
                {"schema":"wgj/1","line":3,"command":"wgj show wg1 --json","exit":0,"output":{"schema":"wgj/1",\
                "interfaces":[{"name":"wg1","peers":[]}]}}
                {"schema":"wgj/1","line":4,"command":"wg set wg0 fwmark 1","exit":0,"output":""}
                """);
    }

    @Test
    void failuresAreProblemsOfTheirLine() {
        Ran ran = batch("wg show wg9\nwgj show wg9 --json\nwg a$b\nwgj show 'wg9\n", "--json", "-k");
        assertThat(ran.code()).isOne();
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out()).isEqualTo("""
                {"schema":"wgj/1","line":1,"command":"wg show wg9","exit":1,"problems":[\
                {"message":"Unable to access interface: No such device"}]}
                {"schema":"wgj/1","line":2,"command":"wgj show wg9 --json","exit":5,\
                "output":{"schema":"wgj/1","interfaces":[]},"problems":[{"code":5,"message":"cannot read wg9: there is no \
                such interface; `show interfaces' lists the WireGuard interfaces","interface":"wg9","errno":19,\
                "errnoText":"No such device"}]}
                {"schema":"wgj/1","line":3,"command":"wg a$b","exit":2,"problems":[{"message":"`$' is for a shell, and \
                this is none; quote it to take it literally","column":5}]}
                {"schema":"wgj/1","line":4,"command":"wgj show 'wg9","exit":2,"problems":[{"message":"the quote ' is not \
                closed on this line","column":10}]}
                """);
    }

    @Test
    void keysStayHidden() {
        Ran ran = batch("wg set wg0 private-key " + SECRET + "\nwg " + SECRET + "\n" + SECRET + "\n", "-k", "--json");
        assertThat(ran.out() + ran.err()).doesNotContain(SECRET).contains("(hidden)");
        ran = batch("wg set wg0 private-key " + SECRET + "\nwg " + SECRET + "\n" + SECRET + "\n", "-k");
        assertThat(ran.out() + ran.err()).doesNotContain(SECRET).contains("(hidden)");
    }

    @Test
    void outputThatIsNotTakenEndsTheBatch() {
        host.outputIsTaken = false;
        batch("wg show interfaces\nwg set wg0 fwmark 1\n");
        assertThat(host.devices.updates).isEmpty();
    }
}
