// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.host.FileException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FmtCommandTest {
    private static final String FILE = "/wg0.conf";
    private static final String WILD = "[interface]\n mtu=1400 # c\n\n\nprivatekey=" + States.PRIV + "\n";
    private static final String NEAT = "[Interface]\nMTU = 1400 # c\n\nPrivateKey = " + States.PRIV + "\n";
    private static final int ENOSPC = 28;

    private final MemoryHost host = new MemoryHost();

    @Test
    void rewritesAFile() {
        host.files.put(FILE, WILD);
        assertThat(Ran.wgj(host, "fmt", FILE)).isEqualTo(new Ran(0, "", ""));
        assertThat(host.files.text(FILE)).isEqualTo(NEAT);
    }

    @Test
    void aFileWithTheLayoutIsNotWritten() {
        host.files.put(FILE, NEAT);
        assertThat(Ran.wgj(host, "fmt", FILE)).isEqualTo(new Ran(0, "", ""));
        assertThat(Ran.wgj(host, "fmt", "--check", FILE)).isEqualTo(new Ran(0, "", ""));
        assertThat(Ran.wgj(host, "fmt", "--diff", FILE)).isEqualTo(new Ran(0, "", ""));
        assertThat(host.quick.fileChanges).isEmpty();
    }

    @Test
    void checkNamesTheFilesAndChangesNothing() {
        host.files.put(FILE, WILD);
        host.files.put("/good.conf", NEAT);
        assertThat(Ran.wgj(host, "fmt", "--check", FILE, "/good.conf")).isEqualTo(new Ran(6, FILE + "\n", ""));
        assertThat(Ran.wgj(host, "fmt", "--check", "-q", FILE)).isEqualTo(new Ran(6, "", ""));
        assertThat(host.files.text(FILE)).isEqualTo(WILD);
    }

    @Test
    void diffHidesSecretsAndChangesNothing() {
        host.files.put(FILE, WILD.stripTrailing());
        assertThat(Ran.wgj(host, "fmt", "--diff", FILE)).isEqualTo(new Ran(0, """
                --- /wg0.conf
                +++ /wg0.conf
                @@ -1,5 +1,4 @@
                -[interface]
                +[Interface]
                - mtu=1400 # c
                +MTU = 1400 # c
                \s
                -
                -privatekey=(hidden)
                \\ No newline at end of file
                +PrivateKey = (hidden)
                """, ""));
        assertThat(Ran.wgj(host, "fmt", "--diff", "--check", FILE).code()).isEqualTo(6);
        assertThat(host.quick.fileChanges).isEmpty();
    }

    @Test
    void standardInputGoesToStandardOutput() {
        host.files.put("/dev/stdin", WILD);
        assertThat(Ran.wgj(host, "fmt", "-")).isEqualTo(new Ran(0, NEAT, ""));
    }

    @Test
    void everyProblemIsReportedAndNothingChanges() {
        String bad = "[Interface]\nMTU = x\nPrivateKye = " + States.PRIV + "\n";
        host.files.put(FILE, bad);
        Ran ran = Ran.wgj(host, "fmt", FILE);
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("wgj: fmt: /wg0.conf:"))
                .noneMatch(line -> line.contains(States.PRIV));
        assertThat(host.files.text(FILE)).isEqualTo(bad);
    }

    @Test
    void otherEncodingsAndNulAreRefused() {
        String utf16 = new String(NEAT.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1);
        for (String bad : List.of(utf16, "[Interface]\nMTU = 14\0" + "00\n")) {
            host.files.put(FILE, bad);
            Ran ran = Ran.wgj(host, "fmt", FILE);
            assertThat(ran.code()).isEqualTo(3);
            assertThat(ran.err()).startsWith("wgj: fmt: /wg0.conf:").contains(";");
            assertThat(host.files.text(FILE)).isEqualTo(bad);
        }
    }

    @Test
    void saysWhyAFileCannotBeReadOrWritten() {
        assertThat(Ran.wgj(host, "fmt", "/none.conf"))
                .isEqualTo(new Ran(5, "", "wgj: fmt: /none.conf: No such file or directory\n"));
        host.files.putDirectory("/folder");
        assertThat(Ran.wgj(host, "fmt", "/folder").code()).isEqualTo(1);
        host.files.put(FILE, WILD);
        host.quick.renameFailure = new FileException(ENOSPC);
        assertThat(Ran.wgj(host, "fmt", FILE))
                .isEqualTo(new Ran(1, "", "wgj: fmt: /wg0.conf: No space left on device; the file is as it was\n"));
    }

    @Test
    void needsAFile() {
        assertThat(Ran.wgj(host, "fmt").code()).isEqualTo(2);
    }
}
