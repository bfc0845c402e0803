// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.memory;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.ProgressListener;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Files that can be rewritten, and programs with prepared answers.
public final class MemoryQuick implements QuickHost {
    private static final int ENOENT = 2;
    private static final int EEXIST = 17;

    /// Symbolic links, absolute paths both.
    public final Map<String, String> links = new HashMap<>();
    /// Whose symbolic links are; root's otherwise.
    public final Map<String, Integer> linkOwners = new HashMap<>();
    /// What programs print, by their words joined by blanks; others are not there.
    public final Map<String, Captured> programs = new HashMap<>();
    /// The words of every program that was run.
    public final List<List<String>> ran = new ArrayList<>();
    /// The surroundings that programs were given.
    public final List<String> surroundings = new ArrayList<>();
    /// What this process became.
    public final List<List<String>> became = new ArrayList<>();
    /// What happened to files: `create`, `rename`, `remove`, with paths.
    public final List<String> fileChanges = new ArrayList<>();

    /// The files that journals name, by interface.
    public final Map<String, String> configFiles = new HashMap<>();

    public final MemoryRunner runner = new MemoryRunner();
    public int userId;
    public int becomeErrno = ENOENT;
    public @Nullable FileException createFailure;
    public @Nullable FileException renameFailure;
    private final MemoryFiles files;

    MemoryQuick(MemoryFiles files) {
        this.files = files;
    }

    @Override
    public MemoryRunner runner(Environment environment, ProgressListener listener) {
        runner.listener = listener;
        runner.environment = environment;
        return runner;
    }

    @Override
    public Optional<String> configFile(InterfaceName link) {
        return Optional.ofNullable(configFiles.get(link.text()));
    }

    @Override
    public int userId() {
        return userId;
    }

    @Override
    public FileFacts facts(String path) throws FileException {
        return files.facts(realPath(path));
    }

    @Override
    public FileFacts linkFacts(String path) throws FileException {
        return links.containsKey(path)
                ? new FileFacts(linkOwners.getOrDefault(path, 0), 0, 0120777)
                : files.facts(path);
    }

    @Override
    public String readLink(String path) {
        return links.getOrDefault(path, "");
    }

    /// The working folder is `/here`.
    @Override
    public String realPath(String path) {
        String absolute = path.startsWith("/") ? path : "/here/" + path.replaceFirst("^\\./", "");
        return links.getOrDefault(absolute, absolute);
    }

    @Override
    public void create(String path, String content) throws FileException {
        fileChanges.add("create " + path);
        if (createFailure != null) {
            throw createFailure;
        }
        files.put(path, content);
    }

    @Override
    public void createNew(String path, String content) throws FileException {
        if (files.has(path)) {
            throw new FileException(EEXIST);
        }
        create(path, content);
    }

    @Override
    public void replace(String path, String content) throws FileException {
        fileChanges.add("replace " + path);
        if (renameFailure != null) {
            throw renameFailure;
        }
        files.put(links.getOrDefault(path, path), content);
    }

    @Override
    public void rename(String from, String to) throws FileException {
        fileChanges.add("rename " + from + " " + to);
        if (renameFailure != null) {
            throw renameFailure;
        }
        files.put(to, files.text(from));
        files.remove(from);
    }

    @Override
    public void remove(String path) {
        fileChanges.add("remove " + path);
        files.remove(path);
    }

    @Override
    public FileException become(List<String> words) {
        became.add(words);
        return new FileException(becomeErrno);
    }

    @Override
    public Captured capture(List<String> words, List<String> environment, boolean quiet, int seconds)
            throws FileException {
        ran.add(words);
        surroundings.addAll(environment);
        Captured answer = programs.get(String.join(" ", words));
        if (answer == null) {
            throw new FileException(ENOENT);
        }
        return answer;
    }

    @Override
    public int runHere(List<String> words) {
        ran.add(words);
        return 9;
    }

    @Override
    public void leaveSession() {
        fileChanges.add("leave session");
    }
}
