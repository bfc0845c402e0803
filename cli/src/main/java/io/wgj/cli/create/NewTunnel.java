// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.json.NewFilesJson;
import java.util.List;

/// What was made, and what to do next.
///
/// @param files each that was written
/// @param clients the paths of the clients' files
/// @param next in the order of doing
record NewTunnel(List<NewFilesJson.File> files, List<String> clients, List<NewFilesJson.Step> next) {
    NewTunnel {
        clients = List.copyOf(clients);
        files = List.copyOf(files);
        next = List.copyOf(next);
    }

    /// The same for people.
    String text() {
        StringBuilder out = new StringBuilder();
        for (NewFilesJson.File file : files) {
            out.append(file.path()).append(": ").append(file.created() ? "created" : "changed");
            out.append(", ").append(file.summary()).append('\n');
        }
        out.append("\nNext:\n");
        for (NewFilesJson.Step step : next) {
            out.append("  ").append(step.what()).append(":\n");
            for (String command : step.commands()) {
                out.append("    ").append(command).append('\n');
            }
        }
        return out.toString();
    }
}
