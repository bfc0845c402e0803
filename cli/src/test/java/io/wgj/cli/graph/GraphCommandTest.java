// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wgj.cli.generated.GeneratedRegions;
import io.wgj.cli.host.FileException;
import io.wgj.cli.memory.MemoryHost;
import io.wgj.cli.memory.Ran;
import io.wgj.cli.memory.States;
import io.wgj.config.device.DeviceException;
import io.wgj.config.text.Latin1;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class GraphCommandTest {
    private static final String PRESHARED = "OCexZAk1zUrtxNJ3KvFLLuV2GH2Jnw/b7EYGTKTg6V8=";
    private static final String HUB = "[Interface]\nPrivateKey = " + States.K1 + """

            Address = 10.8.0.1/24
            ListenPort = 51820
            FwMark = 0x51
            Route = default via 192.0.2.1 dev eth0 table 11
            Rule = fwmark 0x51 table 11

            # office
            [Peer]
            """ + "PublicKey = " + States.PUB
            + "\nPresharedKey = " + PRESHARED + """

            AllowedIPs = 10.8.0.2/32, 10.1.0.0/16
            """;
    private static final String OFFICE =
            "[Interface]\nPrivateKey = " + States.PRIV + """

            Address = 10.8.0.2/24
            Underlay = dev eth1

            [Peer]
            """ + "PublicKey = " + States.PUB_OF_K1 + """

            Endpoint = vpn.example.com:51820
            AllowedIPs = 10.8.0.0/24
            """;

    @TempDir
    private Path folder;

    private final MemoryHost host = new MemoryHost();

    @BeforeEach
    void putTheFiles() {
        host.files.put("/hub.conf", HUB);
        host.files.put("/office.conf", OFFICE);
    }

    private Ran graph(String... words) {
        List<String> all = new ArrayList<>(List.of("graph"));
        all.addAll(List.of(words));
        return Ran.wgj(host, all.toArray(new String[0]));
    }

    @Test
    void joinsFilesByPublicKey() {
        assertThat(graph("--mermaid", "/hub.conf", "/office.conf")).isEqualTo(new Ran(0, Latin1.ofUnicode("""
                flowchart LR
                    n0["<b>hub</b><br/>+Jqdb9PF…<br/>address 10.8.0.1/24<br/>endpoint vpn.example.com:51820<br/>mark 0x51\
                <br/>route default via 192.0.2.1 dev eth0 table 11<br/>rule fwmark 0x51 table 11"]
                    n1["<b>office</b><br/>HIgo9xNz…<br/>address 10.8.0.2/24<br/>underlay dev eth1\
                <br/>behind it 10.1.0.0/16"]
                    n0 ---|"→ 10.8.0.2/32, 10.1.0.0/16<br/>← 10.8.0.0/24"| n1
                """), ""));
    }

    @Test
    void aPeerWithoutAFileIsDashed() {
        String dot = graph("--dot", "/hub.conf").out();
        assertThat(Latin1.toUnicode(dot)).contains("""
                  n1 [label="office\\nHIgo9xNz…\\nbehind it 10.1.0.0/16", style="rounded,dashed"]
                  n0 -- n1 [label="→ 10.8.0.2/32, 10.1.0.0/16"]
                """);
        assertThat(graph("/hub.conf").out()).contains("class=\"p\"").contains("A dashed end");
        assertThat(graph("/hub.conf", "/office.conf").out()).doesNotContain("class=\"p\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--svg", "--dot", "--mermaid"})
    void noDrawingHasASecret(String form) {
        host.files.put("/hub.conf", HUB.replace("# office", "# key " + States.PRIV));
        Ran ran = graph(form, "/hub.conf", "/office.conf");
        assertThat(ran.code()).isZero();
        assertThat(ran.out() + ran.err()).doesNotContain(States.K1, States.PRIV, PRESHARED, "PrivateKey");
    }

    @Test
    void theKeyOfAnotherFileJoinsToo() {
        host.files.put("/keys/hub.conf", HUB.replace("PrivateKey = " + States.K1, "PrivateKeyFile = hub.key"));
        host.files.put("/keys/hub.key", States.K1 + "\n");
        assertThat(graph("--dot", "/keys/hub.conf", "/office.conf").out()).containsOnlyOnce(" -- ");
    }

    @Test
    void aFileWithoutAKnownKeyStandsApartAndSaysSo() {
        host.files.put(
                "/keys/hub.conf", HUB.replace("PrivateKey = " + States.K1, "PrivateKeyCommand = touch /tmp/never"));
        Ran ran = graph("--dot", "/keys/hub.conf", "/office.conf");
        assertThat(ran.err())
                .isEqualTo(
                        "wgj: graph: /keys/hub.conf: its private key is not known here, so it is drawn apart from what"
                                + " other files say of it\n");
        assertThat(ran.out()).contains("n0 -- n1", "n1 -- n2");
        assertThat(host.quick.ran).isEmpty();
        assertThat(graph("-q", "--dot", "/keys/hub.conf").err()).isEmpty();
    }

    @Test
    void namesCannotEndTheTextAroundThem() throws Exception {
        host.files.put("/hub.conf", HUB.replace("# office", Latin1.ofUnicode("# a\"<b>&\\`]#;--> é\uFFFE")));
        String svg = graph("/hub.conf").out();
        assertThat(texts(svg)).contains("a\"<b>&\\`]#;--> é\uFFFD");
        String mermaid = graph("--mermaid", "/hub.conf").out();
        assertThat(mermaid).contains("<b>a#34;#60;b#62;#38;#92;#96;#93;#35;#59;--#62; ");
        String dot = graph("--dot", "/hub.conf").out();
        assertThat(dot).contains("a\\\"<b>&amp;\\\\`]#;--> ");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 12, 60, 200})
    void everyNumberOfPeersIsWellFormedXml(int peers) throws Exception {
        host.files.put("/many.conf", many(peers));
        Document picture = parse(graph("/many.conf").out());
        NodeList cards = picture.getElementsByTagName("g");
        assertThat(cards.getLength()).isEqualTo(peers + 1);
        assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(peers);
        assertThat(Integer.parseInt(picture.getDocumentElement().getAttribute("height")))
                .isLessThan(400 + peers * 60);
    }

    /// No card covers another one, in a star, in a mesh with labels and in one without.
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7, 12, 14})
    void cardsOfAMeshStandApart(int ends) throws Exception {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < ends; i++) {
            String path = "/mesh" + i + ".conf";
            StringBuilder text =
                    new StringBuilder("[Interface]\nPrivateKey = " + key(i) + "\nAddress = 10.7.0." + i + "/24\n");
            for (int j = 0; j < ends; j++) {
                if (i != j) {
                    text.append("[Peer]\nPublicKey = ")
                            .append(publicKey(j))
                            .append("\nAllowedIPs = 10.7.0.")
                            .append(j)
                            .append("/32\n");
                }
            }
            host.files.put(path, text.toString());
            words.add(path);
        }
        Document picture = parse(graph(words.toArray(new String[0])).out());
        List<int[]> boxes = new ArrayList<>();
        NodeList rectangles = picture.getElementsByTagName("rect");
        for (int i = 0; i < rectangles.getLength(); i++) {
            var attributes = rectangles.item(i).getAttributes();
            if (attributes.getNamedItem("class").getNodeValue().equals("c")) {
                boxes.add(java.util.stream.Stream.of("x", "y", "width", "height")
                        .mapToInt(name ->
                                Integer.parseInt(attributes.getNamedItem(name).getNodeValue()))
                        .toArray());
            }
        }
        assertThat(boxes).hasSize(ends);
        for (int[] one : boxes) {
            for (int[] other : boxes) {
                boolean apart = one[0] + one[2] < other[0]
                        || other[0] + other[2] < one[0]
                        || one[1] + one[3] < other[1]
                        || other[1] + other[3] < one[1];
                assertThat(one == other || apart).as("%s %s", one, other).isTrue();
            }
        }
        assertThat(picture.getElementsByTagName("path").getLength()).isEqualTo(ends * (ends - 1) / 2);
    }

    @Test
    void graphvizReadsTheGraph() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dot")), "graphviz is not installed: apt-get install graphviz");
        host.files.put("/hub.conf", HUB.replace("# office", "# a\"<b>&\\`]#;--> \\"));
        Path file = Files.write(
                folder.resolve("a.dot"),
                Latin1.bytes(graph("--dot", "/hub.conf", "/office.conf").out()));
        Process process = new ProcessBuilder("dot", "-Tplain", file.toString())
                .redirectErrorStream(true)
                .start();
        String read = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(read).isZero();
        assertThat(read).contains("\nnode n0 ", "\nnode n1 ", "\nedge n0 n1 ").doesNotContain("node n2");
    }

    @Test
    void drawsAnInterfaceThatIsUp() {
        host.devices.put(States.full("wg0", host.now));
        host.files.put("/etc/wireguard/wg0.conf", "[Peer]\n# Name = hq\nPublicKey = " + States.K1 + "\n");
        String dot = Latin1.toUnicode(graph("--dot", "-q", "wg0").out());
        assertThat(dot)
                .contains("[label=\"wg0\\n", "mark 0xca6c", "[label=\"hq\\nxTIBA5rb…\\nendpoint 192.0.2.1:51820\\n");
        assertThat(dot).contains("n0 -- n1 [label=\"→ 10.0.0.0/8, fd00::/64\"]");
    }

    @Test
    void aNameWithoutInterfaceIsItsFile() {
        host.files.put("/etc/wireguard/wg7.conf", HUB);
        assertThat(graph("--dot", "wg7").out()).contains("[label=\"wg7");
        assertThat(graph("wg8"))
                .isEqualTo(new Ran(
                        5,
                        "",
                        "wgj: graph: wg8: there is no such interface, and no file /etc/wireguard/wg8.conf; `wgj show"
                                + " interfaces' lists the interfaces\n"));
    }

    @Test
    void withoutPrivilegeItSaysWhatIsMissing() {
        host.devices.putBroken("wg0", new DeviceException(DeviceException.Reason.NOT_PERMITTED, 1, null));
        Ran ran = graph("wg0");
        assertThat(ran.code()).isEqualTo(4);
        assertThat(ran.err()).startsWith("wgj: graph: cannot read wg0: kernel devices need CAP_NET_ADMIN");
    }

    @Test
    void everyProblemOfAFileIsReportedAndNothingDrawn() {
        host.files.put("/bad.conf", HUB.replace("10.8.0.1/24", "10.8.0.300/24").replace("ListenPort", "Listen"));
        Ran ran = graph("/office.conf", "/bad.conf", "-o", "/out.svg");
        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.err().lines()).hasSize(2).allMatch(line -> line.startsWith("wgj: graph: /bad.conf:"));
        assertThat(host.files.has("/out.svg")).isFalse();
    }

    @Test
    void replacesAFileWholeOrNotAtAll() {
        assertThat(graph("/hub.conf", "-o", "/out.svg")).isEqualTo(new Ran(0, "", ""));
        assertThat(host.files.text("/out.svg")).startsWith("<svg ").endsWith("</svg>\n");
        assertThat(graph("/hub.conf", "--dot", "-o", "/out.svg").code()).isZero();
        assertThat(host.files.text("/out.svg")).startsWith("graph wgj {");
        assertThat(host.quick.fileChanges).containsExactly("create /out.svg", "replace /out.svg");
    }

    @Test
    void aDeviceIsNotReplaced() {
        host.files.put("/dev/full", "");
        host.quick.renameFailure = new FileException(22);
        assertThat(graph("/hub.conf", "-o", "/dev/full"))
                .isEqualTo(new Ran(
                        1,
                        "",
                        "wgj: graph: /dev/full: this is no regular file; without -o the drawing goes to standard"
                                + " output; nothing was written\n"));
    }

    @Test
    void standardInputHasNoName() {
        host.files.put("/dev/stdin", HUB.replace("dev eth0", "dev %i"));
        assertThat(graph("--dot", "-").out()).contains("[label=\"stdin\\n", "default via 192.0.2.1 dev %i table 11");
    }

    @Test
    void oneFormAtATime() {
        assertThat(graph("--dot", "--svg", "/hub.conf").code()).isEqualTo(2);
        assertThat(graph("--dot", "--svg", "/hub.conf").err()).contains("--svg, --dot and --mermaid: one of them");
        assertThat(graph().code()).isEqualTo(2);
    }

    /// The pictures in docs/graph.md are what the command draws; `WGJ_RENEW=1` draws them anew.
    @ParameterizedTest
    @ValueSource(strings = {"road-warrior", "site-to-site", "mesh", "recursive-vpn", "failover"})
    void thePicturesOfTheExamplesAreUpToDate(String example) throws IOException {
        Path root = GeneratedRegions.root();
        List<String> words = new ArrayList<>();
        try (var files = Files.list(root.resolve("examples").resolve(example))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".conf"))
                    .sorted()
                    .toList()) {
                host.files.put("/" + file.getFileName(), Latin1.of(Files.readAllBytes(file)));
                words.add("/" + file.getFileName());
            }
        }
        Ran ran = graph(words.toArray(new String[0]));
        assertThat(ran.err()).isEmpty();
        Path picture = root.resolve("docs/graph").resolve(example + ".svg");
        if (System.getenv("WGJ_RENEW") != null) {
            Files.createDirectories(picture.getParent());
            Files.write(picture, Latin1.bytes(ran.out()));
        }
        assertThat(Files.readString(picture)).isEqualTo(Latin1.toUnicode(ran.out()));
        assertThat(Files.readString(root.resolve("docs/graph.md"))).contains("](graph/" + example + ".svg)");
    }

    private static String many(int peers) {
        StringBuilder text = new StringBuilder("[Interface]\nPrivateKey = " + States.K1 + "\nAddress = 10.0.0.1/8\n");
        for (int i = 0; i < peers; i++) {
            text.append("\n# peer-").append(i).append("\n[Peer]\nPublicKey = ").append(publicKey(i));
            text.append("\nAllowedIPs = 10.0.").append(i).append(".0/24\n");
        }
        return text.toString();
    }

    private static String key(int seed) {
        byte[] bytes = new byte[32];
        bytes[5] = (byte) (seed + 1);
        return java.util.Base64.getEncoder().encodeToString(bytes);
    }

    private static String publicKey(int seed) {
        return io.wgj.config.key.PrivateKey.parseBase64(key(seed))
                .orElseThrow()
                .publicKey()
                .toBase64();
    }

    private static Document parse(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(Latin1.bytes(svg)));
    }

    private static List<String> texts(String svg) throws Exception {
        NodeList nodes = parse(svg).getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent());
        }
        return texts;
    }
}
