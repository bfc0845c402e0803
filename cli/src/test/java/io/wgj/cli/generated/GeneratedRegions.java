// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.generated;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/// The parts of a committed file that come from the code. Each stands between two comment lines of the file's
/// kind:
///
/// ```
/// # generated: NAME
/// # end generated
/// ```
///
/// A test compares them with what the code says now. With `WGJ_RENEW=1` in the environment the same
/// test writes them.
///
/// @param start what a comment line begins with, blank included
/// @param end what it ends with; may be empty
public record GeneratedRegions(String start, String end) {
    /// The command that renews every region that this module's tests know.
    public static final String RENEW = "WGJ_RENEW=1 mvn -q -Dfast -pl cli -am test -Dtest='Generated*Test'";

    /// For mdoc.
    public static final GeneratedRegions MDOC = new GeneratedRegions(".\\\" ", "");
    /// For shells.
    public static final GeneratedRegions SHELL = new GeneratedRegions("# ", "");
    /// For Markdown.
    public static final GeneratedRegions MARKDOWN = new GeneratedRegions("<!-- ", " -->");

    /// Fails when a region of `file` is not what `content` says of its name; with `WGJ_RENEW=1`, writes it.
    public void check(Path file, UnaryOperator<String> content) throws IOException {
        String text = Files.readString(file);
        String renewed = renew(text, content);
        if ("1".equals(System.getenv("WGJ_RENEW"))) {
            if (!renewed.equals(text)) {
                Files.writeString(file, renewed);
            }
            return;
        }
        assertThat(text)
                .as("%s is not what the code says now; renew it with\n  %s\n", root().relativize(file), RENEW)
                .isEqualTo(renewed);
    }

    /// `text` with every region renewed.
    ///
    /// @param content what belongs between the marks of a region, by its name; whole lines
    String renew(String text, UnaryOperator<String> content) {
        String opening = start + "generated: ";
        String closing = start + "end generated" + end;
        StringBuilder out = new StringBuilder(text.length());
        String region = "";
        for (String line : text.split("(?<=\n)", -1)) {
            String bare = line.strip();
            if (!region.isEmpty()) {
                if (!bare.equals(closing.strip())) {
                    continue;
                }
                region = "";
            } else if (bare.startsWith(opening.strip() + " ") && bare.endsWith(end)) {
                region = bare.substring(opening.length(), bare.length() - end.length());
                out.append(line).append(content.apply(region));
                continue;
            }
            out.append(line);
        }
        if (!region.isEmpty()) {
            throw new IllegalStateException("the region `" + region + "' does not end");
        }
        return out.toString();
    }

    /// The repository's root: the nearest folder above that has a README.
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("README.md"))) {
            folder = folder.getParent();
        }
        return folder == null ? Path.of("") : folder;
    }
}
