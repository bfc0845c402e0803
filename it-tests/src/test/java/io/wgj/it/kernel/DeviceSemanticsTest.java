// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static io.wgj.it.kernel.Stage.playTwice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wgj.config.cases.Case;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.transport.NetlinkException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the kernel makes of what is set: each scene with the original, then with ours.
@Tag("kernel")
class DeviceSemanticsTest {
    @Test
    @Case("V01")
    void aFreshDeviceHasNothing() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            stage.prints("show wg0 dump", "(none)\t(none)\t0\toff");
        });
    }

    @Test
    @Case({"V04", "V07"})
    void thePrivateKeyIsClampedAndAnEmptyFileRemovesIt() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            stage.does("set wg0 private-key " + stage.file("/Anz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk="));
            stage.prints("show wg0 private-key", "+Anz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=");
            stage.does("set wg0 private-key /dev/null");
            stage.prints("show wg0 dump", "(none)\t(none)\t0\toff");
        });
    }

    @Test
    @Case({"V05", "V06"})
    void thePeerThatIsTheDeviceItselfIsLeftOut() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0", "wg1");
            stage.does("set wg0 private-key " + stage.file("<PRIV>") + " peer <PUB> allowed-ips 10.0.0.1/32");
            stage.prints("show wg0 peers");

            stage.does("set wg1 peer <PUB> peer <K1>");
            stage.prints("show wg1 peers", "<PUB>", "<K1>");
            stage.does("set wg1 private-key " + stage.file("<PRIV>"));
            stage.prints("show wg1 peers", "<K1>");
        });
    }

    @Test
    @Case({"V08", "V09", "V10"})
    void aTakenPortIsRefusedByALinkThatIsUp() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0", "wg1");
            stage.does("set wg0 listen-port 5555");
            stage.up("wg0");

            stage.does("set wg1 listen-port 5555");
            assertThatThrownBy(() -> stage.up("wg1"))
                    .isInstanceOfSatisfying(
                            NetlinkException.class,
                            e -> assertThat(e.errno().number()).isEqualTo(Errno.EADDRINUSE));

            stage.does("set wg1 listen-port 5556");
            stage.up("wg1");
            stage.fails("set wg1 listen-port 5555", "Unable to modify interface: Address already in use");
            stage.prints("show wg1 dump", "(none)\t(none)\t5556\toff");

            stage.fails(
                    "set wg1 listen-port 5555 fwmark 7 peer <K1>",
                    "Unable to modify interface: Address already in use");
            stage.prints("show wg1 dump", "(none)\t(none)\t5556\t0x7");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"setconf", "syncconf"})
    @Case({"V11", "V12"})
    void aFileWithoutAPortMeansAnyPort(String command) throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            String file = stage.file("[Peer]", "PublicKey = <K1>");
            stage.does("set wg0 listen-port 5555");
            stage.does(command + " wg0 " + file);
            stage.prints("show wg0 listen-port", "0");

            stage.does("set wg0 listen-port 5555");
            stage.up("wg0");
            stage.does(command + " wg0 " + file);
            String first = stage.ours("show wg0 listen-port");
            stage.does(command + " wg0 " + file);
            String second = stage.ours("show wg0 listen-port");
            stage.does(command + " wg0 " + file);
            String third = stage.ours("show wg0 listen-port");

            assertThat(List.of(first, second, third)).doesNotContain("0", "5555");
            // Two draws in a row may be the same by chance.
            assertThat(Set.of(first + second, second + third)).isNotEqualTo(Set.of(first + first));
        });
    }

    @Test
    @Case({"V13", "V14"})
    void syncconfKeepsThePeersEndpointAndSetconfNothing() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            String peer = "set wg0 peer <K1> preshared-key " + stage.file("<K2>")
                    + " persistent-keepalive 25 endpoint 192.0.2.1:5 allowed-ips 1.1.1.1/32";
            String file = stage.file("[Peer]", "PublicKey = <K1>", "AllowedIPs = 2.2.2.2");
            stage.does(peer);
            stage.prints("show wg0 dump", "(none)\t(none)\t0\toff", "<K1>\t<K2>\t192.0.2.1:5\t1.1.1.1/32\t0\t0\t0\t25");

            stage.does("syncconf wg0 " + file);
            stage.prints(
                    "show wg0 dump", "(none)\t(none)\t0\toff", "<K1>\t(none)\t192.0.2.1:5\t2.2.2.2/32\t0\t0\t0\toff");

            stage.does(peer);
            stage.does("setconf wg0 " + file);
            stage.prints("show wg0 dump", "(none)\t(none)\t0\toff", "<K1>\t(none)\t(none)\t2.2.2.2/32\t0\t0\t0\toff");
        });
    }

    @Test
    @Case({"V15", "N18"})
    void removingAPeerThatIsNotThereSucceeds() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0");
            stage.does("set wg0 peer <K1>");
            stage.does("set wg0 peer <K1> remove");
            stage.does("set wg0 peer <K1> remove");
            stage.prints("show wg0 peers");
        });
    }

    @Test
    @Case("V16")
    void devicesAreListedInTheOrderTheyWereMade() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0", "wg1", "wga");
            stage.links().createLink("dummy0", "dummy");
            stage.addWireGuard("aaa");
            stage.prints("show interfaces", "wg0 wg1 wga aaa");
            stage.prints("show all listen-port", "wg0\t0", "wg1\t0", "wga\t0", "aaa\t0");
        });
    }

    @Test
    @Case("M04")
    void whatShowconfPrintsSetconfTakes() throws Exception {
        playTwice(stage -> {
            stage.addWireGuard("wg0", "wg1");
            stage.does("set wg0 private-key " + stage.file("<K1>") + " listen-port 51820 fwmark 0xca6c peer <K2>"
                    + " preshared-key " + stage.file("<K3>") + " endpoint [fe80::1%lo]:5 persistent-keepalive 25"
                    + " allowed-ips 10.0.0.0/8,fd00::/64 peer <K3> endpoint 192.0.2.1:51820");
            String printed = stage.wg("showconf wg0").ok().stdout();
            assertThat(printed).contains("[fe80::1%lo]:5", "FwMark = 0xca6c");
            stage.does("setconf wg1 " + stage.file(printed));
            stage.prints("showconf wg1", printed.strip());
        });
    }
}
