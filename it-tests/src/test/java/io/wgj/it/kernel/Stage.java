// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.kernel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Ran;
import io.wgj.it.cases.Keys;
import io.wgj.netlink.route.Link;
import io.wgj.netlink.route.RouteNetlink;
import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.transport.NetlinkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/// A network namespace of a thread's own, its loopback up, in which one [Tool] is the `wg` that lines call. Lines
/// are split at blanks; `<K1>` and its like are keys. Everything is gone when the scene is over.
final class Stage implements AutoCloseable {
    private final Tool tool;
    private final RouteNetlink links;
    private final Path folder;
    private final List<Ran> said = new ArrayList<>();

    /// What happens on a stage.
    @FunctionalInterface
    interface Scene {
        void play(Stage stage) throws Exception;
    }

    private Stage(Tool tool) throws NetlinkException, IOException {
        this.tool = tool;
        links = RouteNetlink.open();
        folder = Files.createTempDirectory("wgj-stage");
    }

    /// Plays the scene with the original, then with ours: at every step both must do what the scene says, and the
    /// same.
    static void playTwice(Scene scene) throws Exception {
        List<Ran> original = play(Tool.ORIGINAL, scene);
        assertThat(play(Tool.OURS, scene)).isEqualTo(original);
    }

    /// Plays the scene once; what `wg` did, call by call.
    static List<Ran> play(Tool tool, Scene scene) throws Exception {
        try {
            return Namespaces.on(() -> {
                Namespaces.unshare(Namespaces.CLONE_NEWNET);
                try (Stage stage = new Stage(tool)) {
                    stage.up("lo");
                    scene.play(stage);
                    return stage.said;
                }
            });
        } catch (ExecutionException e) {
            // What a scene throws is the test's result, not an accident of the thread it ran on.
            switch (e.getCause()) {
                case Error failure -> throw failure;
                case Exception failure -> throw failure;
                case null, default -> throw e;
            }
        }
    }

    /// Links and addresses in here.
    RouteNetlink links() {
        return links;
    }

    /// Creates WireGuard links.
    void addWireGuard(String... names) throws NetlinkException {
        for (String name : names) {
            links.createLink(name, "wireguard");
        }
    }

    int index(String link) throws NetlinkException {
        return links.link(link).map(Link::index).orElseThrow();
    }

    void up(String link) throws NetlinkException {
        links.setUp(index(link));
    }

    /// A file with this text; its path.
    String file(String... lines) throws IOException {
        Path file = Files.createTempFile(folder, "file", "");
        return Files.writeString(file, Keys.base64(String.join("\n", lines) + "\n"), ISO_8859_1)
                .toString();
    }

    /// `wg` with these words, recorded.
    Ran wg(String line) {
        Ran ran = tool.run(Map.of(), words(line));
        said.add(ran);
        return ran;
    }

    /// `wg` ends with 0 in silence.
    void does(String line) {
        assertThat(wg(line)).as(line).isEqualTo(new Ran(0, "", ""));
    }

    /// `wg` ends with 0 and prints these lines.
    void prints(String line, String... lines) {
        assertThat(wg(line)).as(line).isEqualTo(new Ran(0, text(lines), ""));
    }

    /// `wg` ends with 0 and says these lines on standard error.
    void warns(String line, String... lines) {
        assertThat(wg(line)).as(line).isEqualTo(new Ran(0, "", text(lines)));
    }

    /// `wg` ends with 1 and says this line on standard error.
    void fails(String line, String sentence) {
        assertThat(wg(line)).as(line).isEqualTo(new Ran(1, "", text(sentence)));
    }

    /// Our `wg`, with either tool under test, not recorded: prepares the stage, and reads what was chosen at
    /// random.
    String ours(String line) {
        return Tool.OURS.run(Map.of(), words(line)).ok().stdout().strip();
    }

    /// `wg` as a process of a user who may do nothing but read all files, recorded.
    Ran unprivileged(String line) {
        Command command = tool.command(words(line).toArray(String[]::new))
                .under(
                        "setpriv",
                        "--reuid=65534",
                        "--regid=65534",
                        "--clear-groups",
                        // The checkout may lie where other users cannot read.
                        "--inh-caps=+dac_read_search",
                        "--ambient-caps=+dac_read_search");
        Ran ran = command.run();
        said.add(ran);
        return ran;
    }

    static List<String> words(String line) {
        return List.of(Keys.base64(line).split(" ", -1));
    }

    static String text(String... lines) {
        return lines.length == 0 ? "" : Keys.base64(String.join("\n", lines)) + "\n";
    }

    @Override
    public void close() throws IOException {
        links.close();
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }
}
