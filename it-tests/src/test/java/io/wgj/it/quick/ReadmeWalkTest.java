// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.it.Command;
import io.wgj.it.Product;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The chapters of README.md that can be copied line by line: every command works and prints what is shown.
@Tag("namespace")
class ReadmeWalkTest {
    private static final String PLACE = "unshare --net --mount bash";
    private static final String LINK = "ip link add dev office type wireguard";

    /// What a machine without the kernel's module says besides.
    private static final Set<String> FALLBACK = Set.of(
            "Error: Unknown device type.",
            "[!] Missing WireGuard kernel module. Falling back to slow userspace implementation.",
            "[#] wgj engine office",
            "wgj: office runs in wgj's own engine: the kernel has no WireGuard");

    @ParameterizedTest
    @ValueSource(strings = {"Five minutes", "Scripting"})
    void everyCommandWorksAndPrintsWhatIsShown(String chapter) throws Exception {
        List<String> walk = walk(chapter);
        StringBuilder script = new StringBuilder("set -e\n");
        for (String line : walk) {
            if (line.startsWith("# ") && !line.equals("# " + PLACE)) {
                script.append("echo '").append(line.replace("'", "'\\''")).append("'\n");
                script.append(line, 2, line.length()).append('\n');
            }
        }

        String printed = Command.of("bash", "-c", PLACE + " -s 2>&1")
                .in(Product.root())
                .stdin(script.toString())
                .run()
                .ok()
                .stdout();

        assertThat(asInTheKernel(printed)).isEqualTo(walk.subList(1, walk.size()));
    }

    private static List<String> asInTheKernel(String printed) {
        List<String> lines = new ArrayList<>();
        printed.lines()
                .filter(line -> !FALLBACK.contains(line))
                .forEach(line -> lines.add(line.equals("wgj engine office") ? LINK : line));
        return lines;
    }

    /// The console lines of a chapter, from the command that makes a place on.
    private static List<String> walk(String chapter) throws Exception {
        List<String> walk = new ArrayList<>();
        boolean here = false;
        boolean console = false;
        for (String line : Files.readAllLines(Product.root().resolve("README.md"))) {
            if (line.startsWith("## ")) {
                here = line.equals("## " + chapter);
            } else if (line.startsWith("```")) {
                console = line.equals("```console");
            } else if (here && console && (!walk.isEmpty() || line.equals("# " + PLACE))) {
                walk.add(line);
            }
        }
        assertThat(walk)
                .as("the commands of README.md, " + chapter)
                .endsWith("# exit")
                .anyMatch(line -> line.startsWith("# ./wgj-quick up /mnt/office.conf"));
        return walk;
    }
}
