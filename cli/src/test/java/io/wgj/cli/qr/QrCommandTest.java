// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.qr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.config.text.Latin1;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QrCommandTest {
    private static final String KEY = "OCexZAk1zUrtxNJ3KvFLLuV2GH2Jnw/b7EYGTKTg6V8=";
    private static final String PEER = """

            [Peer]
            PublicKey = LLyUFw0GbXrTzGZWgq+ttgw44xQ6UN72Cy+qRyvVrEk=
            Endpoint = vpn.example.com:51820
            AllowedIPs = 10.8.0.0/24, fd00:8::/64
            PersistentKeepalive = 25
            """;
    private static final String PHONE = "[Interface]\nPrivateKey = " + KEY
            + "\nAddress = 10.8.0.2/32, fd00:8::2/128\nDNS = 10.8.0.1, corp.example\nMTU = 1380\n" + PEER;

    @TempDir
    private Path folder;

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void putTheFile() {
        host.files.put("/phone.conf", PHONE);
    }

    @Test
    void aScannerReadsThePngBack() throws Exception {
        assertThat(scan(Latin1.bytes(wgj("/phone.conf", "--png").out()))).isEqualTo(PHONE);
    }

    @Test
    void aScannerReadsTheSvgBack() throws Exception {
        needs("rsvg-convert");
        Path svg = Files.write(
                folder.resolve("a.svg"),
                Latin1.bytes(wgj("/phone.conf", "--svg").out()));
        Path png = folder.resolve("b.png");
        run("rsvg-convert", "-o", png.toString(), svg.toString());
        assertThat(scan(Files.readAllBytes(png))).isEqualTo(PHONE);
    }

    @Test
    void aScannerReadsTheTerminalBack() throws Exception {
        String shown = Latin1.toUnicode(wgj("/phone.conf").out());
        assertThat(scan(TerminalPicture.of(shown, true))).isEqualTo(PHONE);
        assertThat(scan(TerminalPicture.of(shown, false))).isEqualTo(PHONE);
    }

    /// A real terminal, whose lines are captured with their colours.
    @Test
    void aScannerReadsACaptureOfTmuxBack() throws Exception {
        needs("tmux");
        needs("zbarimg");
        Path text = Files.write(
                folder.resolve("code"), Latin1.bytes(wgj("/phone.conf").out()));
        String socket = folder.resolve("tmux").toString();
        Path shown = folder.resolve("shown");
        try {
            run(
                    "tmux",
                    "-u",
                    "-S",
                    socket,
                    "-f",
                    "/dev/null",
                    "new-session",
                    "-d",
                    "-x",
                    "150",
                    "-y",
                    "70",
                    "cat '" + text + "'; tmux -S '" + socket + "' wait-for -S shown; exec cat");
            run("tmux", "-S", socket, "wait-for", "shown");
            Files.writeString(shown, run("tmux", "-u", "-S", socket, "capture-pane", "-e", "-p"));
        } finally {
            run("tmux", "-S", socket, "kill-server");
        }
        assertThat(scan(TerminalPicture.of(Files.readString(shown), true))).isEqualTo(PHONE);
    }

    @Test
    void aFileIsNewAndPrivate() {
        assertThat(wgj("/phone.conf", "--svg", "-o", "/phone.svg")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.files.text("/phone.svg"))
                .startsWith("<?xml")
                .contains("<svg ")
                .doesNotContain(KEY);
        assertThat(wgj("/phone.conf", "--png", "-o", "/phone.svg"))
                .isEqualTo(new Ran(1, "", "wgj: qr: /phone.svg: File exists; nothing was written\n"));
        assertThat(wgj("/phone.conf", "--png", "-o", "/phone.png").code()).isZero();
        assertThat(host.files.text("/phone.png")).startsWith("\u0089PNG");
    }

    @Test
    void putsKeysInAndLeavesOutWhatNoAppKnows() throws Exception {
        host.files.put("/made/phone.key", KEY + "\n");
        host.files.put(
                "/made/keys.conf",
                PHONE.replace("PrivateKey = " + KEY, "PrivateKeyFile = phone.key")
                        .replace("MTU", "PostUp = true\nFwMark = 7\nMTU"));
        Ran ran = wgj("/made/keys.conf", "--png");
        assertThat(ran.err())
                .isEqualTo(
                        "wgj: qr: /made/keys.conf: left out, because WireGuard's apps do not know it: PostUp (line 5),"
                                + " FwMark (line 6)\n");
        assertThat(wgj("/made/keys.conf", "--png", "-q").err()).isEmpty();
        assertThat(scan(Latin1.bytes(ran.out()))).isEqualTo(PHONE);
    }

    @Test
    void aServersFileNeedsForce() {
        host.files.put("/wg0.conf", PHONE + PEER.replace("LLyU", "LLyV"));
        assertThat(wgj("/wg0.conf"))
                .isEqualTo(new Ran(
                        3,
                        "",
                        "wgj: qr: /wg0.conf: it has 2 peers, and a client has one, the server; give"
                                + " the client's file, or --force\n"));
        assertThat(wgj("/wg0.conf", "--force").code()).isZero();
    }

    @Test
    void saysWhatDoesNotFit() {
        host.files.put("/long.conf", PHONE + "AllowedIPs = " + "10.0.0.0/8, ".repeat(300) + "10.0.0.0/8\n");
        assertThat(wgj("/long.conf").err()).contains("a QR code holds 2953");
        host.terminal = true;
        host.columns = 60;
        assertThat(wgj("/phone.conf").err()).contains("the terminal has 60;");
        assertThat(wgj("/phone.conf", "--svg").code()).isZero();
        assertThat(wgj("/phone.conf", "--png").code()).isEqualTo(2);
    }

    @Test
    void refusesBadFiles() {
        host.files.put("/bad.conf", PHONE.replace("10.8.0.2/32", "x"));
        assertThat(wgj("/bad.conf").code()).isEqualTo(3);
        host.files.put("/keyless.conf", PHONE.replace("PrivateKey = " + KEY + "\n", ""));
        assertThat(wgj("/keyless.conf").err()).contains("has no private key");
        assertThat(wgj("/none.conf").code()).isEqualTo(5);
        assertThat(wgj("/phone.conf", "--png", "--svg").code()).isEqualTo(2);
        host.stdoutMode = 0100644;
        assertThat(wgj("/phone.conf", "--svg").err()).contains("others can read the file on standard output");
    }

    private Ran wgj(String... words) {
        String[] all = new String[words.length + 1];
        all[0] = "qr";
        System.arraycopy(words, 0, all, 1, words.length);
        return Ran.wgj(host, all);
    }

    /// What zbarimg reads in a picture.
    private String scan(byte[] png) throws Exception {
        needs("zbarimg");
        Path file = Files.write(folder.resolve("scanned.png"), png);
        String read = run("zbarimg", "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", file.toString());
        return read.endsWith("\n\n") ? read.substring(0, read.length() - 1) : read;
    }

    private static void needs(String program) {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/" + program)),
                () -> program + " is not installed: apt-get install zbar-tools librsvg2-bin tmux");
    }

    private static String run(String... words) throws Exception {
        Process process = new ProcessBuilder(List.of(words))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out;
    }
}
