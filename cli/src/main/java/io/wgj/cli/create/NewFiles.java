// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.create;

import io.wgj.cli.command.ErrorReport;
import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.QuickHost;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Files to create, all of them or none. Each has mode 0600, and an existing file is never overwritten.
final class NewFiles {
    private final QuickHost files;
    private final String folder;
    private final Map<String, String> contents = new LinkedHashMap<>();

    /// @param folder where the files go; empty for the working folder
    NewFiles(QuickHost files, String folder) {
        this.files = files;
        this.folder = folder;
    }

    /// The path of a file.
    ///
    /// @param folder empty for the working folder
    static String path(String folder, String name) {
        return folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    /// Takes a file to create; its path.
    String add(String name, String content) {
        String path = path(folder, name);
        contents.put(path, content);
        return path;
    }

    /// Creates the files. When one cannot be created, the others are removed.
    void create() throws RefusalException {
        List<String> paths = List.copyOf(contents.keySet());
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            try {
                files.createNew(path, contents.getOrDefault(path, ""));
            } catch (FileException failure) {
                removeAll(paths.subList(0, i));
                throw new RefusalException(
                        ExitCode.of(failure),
                        List.of(),
                        List.of("new: " + path + ": " + ErrorReport.sentence(failure.errno())
                                + "; no file was created"));
            }
        }
    }

    /// Removes the files that [#create] created.
    void remove() {
        removeAll(List.copyOf(contents.keySet()));
    }

    private void removeAll(List<String> paths) {
        for (String path : paths) {
            files.remove(path);
        }
    }
}
