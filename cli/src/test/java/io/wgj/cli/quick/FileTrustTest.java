// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.cli.memory.MemoryHost;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileTrustTest {
    private static final String FILE = "/etc/wireguard/wg0.conf";
    private static final int EVE = 1001;
    private static final int STAFF = 50;

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void makeFolders() {
        for (String folder : List.of("/", "/etc", "/etc/wireguard", "/home")) {
            host.files.own(folder, 0, 0040755);
        }
        host.files.own("/tmp", 0, 0041777);
        host.files.own("/home/eve", EVE, 0040700);
        host.files.own("/home/eve/wg0.conf", EVE, 0100600);
        host.files.own(FILE, 0, 0100600);
    }

    @Test
    void rootsFilesInRootsFoldersAreTrusted() {
        assertThat(problems("wg0")).isEmpty();
        host.files.own(FILE, 0, 0100644);
        assertThat(problems(FILE)).isEmpty();
    }

    @Test
    void aFileThatOthersMayWriteToIsNot() {
        host.files.own(FILE, 0, 0100602);
        assertThat(problems("wg0"))
                .containsExactly(FILE + ": everybody may write to it (mode 0602), and its hooks run as root; `chmod"
                        + " o-w " + FILE + "' prevents that");
        host.files.own(FILE, 0, STAFF, 0100660);
        assertThat(problems("wg0"))
                .containsExactly(FILE + ": group 50 may write to it (mode 0660), and its hooks run as root; `chmod"
                        + " g-w " + FILE + "' prevents that");
    }

    @Test
    void rootsGroupIsTrusted() {
        host.files.own(FILE, 0, 0, 0100660);
        assertThat(problems("wg0")).isEmpty();
    }

    @Test
    void everyFolderOnTheWayCounts() {
        host.files.own("/etc", 0, STAFF, 0040775);
        assertThat(problems("wg0"))
                .containsExactly("/etc: group 50 may replace files in it, this configuration too (mode 0775), and its"
                        + " hooks run as root; `chmod g-w /etc' prevents that");
    }

    @Test
    void anotherUsersFileIsNamedWithItsOwner() {
        assertThat(problems("/home/eve/wg0.conf"))
                .containsExactly(
                        "/home/eve: belongs to user 1001, who can change the hooks that run as root; `chown root"
                                + " /home/eve' prevents that",
                        "/home/eve/wg0.conf: belongs to user 1001, who can change the hooks that run as root;"
                                + " `chown root /home/eve/wg0.conf' prevents that");
    }

    @Test
    void theCallerAndWhoBecameRootBySudoAreTrusted() {
        host.environment.put("SUDO_UID", "" + EVE);
        assertThat(problems("/home/eve/wg0.conf")).isEmpty();
        host.environment.clear();
        host.quick.userId = EVE;
        assertThat(problems("/home/eve/wg0.conf")).isEmpty();
        host.environment.put("SUDO_UID", "2000");
        host.quick.userId = 1;
        assertThat(problems("/home/eve/wg0.conf")).hasSize(2);
    }

    @Test
    void aLinkIsJudgedByWhereItLeadsAndWhereItLies() {
        host.quick.links.put(FILE, "/home/eve/wg0.conf");
        assertThat(problems("wg0")).hasSize(2);
        host.quick.links.clear();
        host.files.own("/home/open", 0, 0040777);
        host.quick.links.put("/home/open/wg0.conf", FILE);
        assertThat(problems("/home/open/wg0.conf"))
                .containsExactly("/home/open: everybody may replace files in it, this configuration too (mode 0777),"
                        + " and its hooks run as root; `chmod o-w /home/open' prevents that");
    }

    @Test
    void aRelativeLinkStartsInItsFolder() {
        host.quick.links.put("/etc/wireguard/wg0.conf", "../../home/./eve/wg0.conf");
        assertThat(problems("wg0")).hasSize(2);
    }

    @Test
    void inAStickyFolderTheOwnerCounts() {
        host.files.own("/tmp/wg0.conf", 0, 0100600);
        assertThat(problems("/tmp/wg0.conf")).isEmpty();
        host.quick.links.put("/tmp/wg1.conf", FILE);
        assertThat(problems("/tmp/wg1.conf")).isEmpty();
        host.quick.linkOwners.put("/tmp/wg1.conf", EVE);
        assertThat(problems("/tmp/wg1.conf")).singleElement().asString().startsWith("/tmp/wg1.conf: belongs to user");
    }

    @Test
    void linksThatGoRoundEnd() {
        host.quick.links.put("/tmp/a.conf", "/tmp/b.conf");
        host.quick.links.put("/tmp/b.conf", "/tmp/a.conf");
        assertThat(problems("/tmp/a.conf")).isEmpty();
    }

    private List<String> problems(String word) {
        return FileTrust.problems(new Invocation(InvokedAs.WGJ_QUICK, "wgj-quick", List.of("up", word), host), word);
    }
}
