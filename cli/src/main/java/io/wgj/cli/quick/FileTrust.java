// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.quick;

import io.wgj.cli.command.ExitCode;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.RefusalException;
import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.QuickHost;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Checks whether other users can change a configuration file, whose hooks run as root: the file itself, or a
/// folder or symbolic link on the way to it. Trusted are root, root's group, the caller, and the user who became
/// root by sudo.
public final class FileTrust {
    private static final int S_IFMT = 0170000;
    private static final int S_IFLNK = 0120000;
    private static final int S_IFDIR = 0040000;
    private static final int STICKY = 01000;
    private static final int GROUP_WRITES = 0020;
    private static final int OTHERS_WRITE = 0002;
    private static final int PERMISSIONS = 07777;

    /// As many as the kernel follows.
    private static final int MOST_LINKS = 40;

    private final QuickHost files;
    private final int caller;
    private final int sudoUser;
    private final List<String> problems = new ArrayList<>();

    private FileTrust(Invocation invocation) {
        this.files = invocation.host().quick();
        this.caller = files.userId();
        this.sudoUser = number(invocation.host().env("SUDO_UID"));
    }

    /// One sentence for each way in which others can change the file that `word` names.
    static List<String> problems(Invocation invocation, String word) {
        return ofPath(invocation, FoundFile.given(word));
    }

    /// The same for the file at `path`.
    public static List<String> ofPath(Invocation invocation, String path) {
        FileTrust trust = new FileTrust(invocation);
        trust.walk(path);
        return trust.problems;
    }

    /// Warns, or refuses with `--strict`.
    static void check(Invocation invocation, String word, boolean strict) throws RefusalException {
        List<String> problems = invocation.extended() ? problems(invocation, word) : List.of();
        if (strict && !problems.isEmpty()) {
            throw refusal(invocation, problems);
        }
        for (String problem : problems) {
            invocation.note(problem);
        }
    }

    /// The refusal of `--strict`.
    static RefusalException refusal(Invocation invocation, List<String> problems) {
        return Refusals.of(invocation, ExitCode.INVALID, problems.getFirst())
                .withRemarks(problems.subList(1, problems.size()));
    }

    private static int number(@Nullable String text) {
        if (text == null || text.isEmpty() || text.length() > 9) {
            return 0;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return 0;
            }
            number = 10 * number + text.charAt(i) - '0';
        }
        return number;
    }

    /// Walks from the root to the file, as the kernel does.
    private void walk(String path) {
        Deque<String> names = new ArrayDeque<>();
        try {
            push(names, path.startsWith("/") ? path : files.realPath(".") + "/" + path);
            String folder = "";
            boolean shared = isShared("/", files.linkFacts("/"));
            int links = 0;
            while (!names.isEmpty()) {
                String name = names.pop();
                String next = name.equals("..") ? parent(folder) : folder + "/" + name;
                FileFacts facts = files.linkFacts(next.isEmpty() ? "/" : next);
                if ((facts.mode() & S_IFMT) == S_IFLNK) {
                    if (shared) {
                        // In other folders, replacing it needs write permission for the folder.
                        checkOwner(next, facts);
                    }
                    if (++links > MOST_LINKS) {
                        return;
                    }
                    String target = files.readLink(next);
                    folder = target.startsWith("/") ? "" : folder;
                    shared = target.startsWith("/") ? isShared("/", files.linkFacts("/")) : shared;
                    push(names, target);
                } else {
                    checkOwner(next, facts);
                    shared = isShared(next.isEmpty() ? "/" : next, facts);
                    folder = next;
                }
            }
        } catch (FileException _) {
            // Opening the file reports it.
            return;
        }
    }

    private static void push(Deque<String> names, String path) {
        int end = path.length();
        while (end > 0) {
            int slash = path.lastIndexOf('/', end - 1);
            String name = path.substring(slash + 1, end);
            if (!name.isEmpty() && !name.equals(".")) {
                names.push(name);
            }
            end = Math.max(slash, 0);
        }
    }

    private static String parent(String folder) {
        return folder.isEmpty() ? "" : folder.substring(0, folder.lastIndexOf('/'));
    }

    private void checkOwner(String path, FileFacts facts) {
        int owner = facts.owner();
        if (owner != 0 && owner != caller && (caller != 0 || owner != sudoUser)) {
            add(path + ": belongs to user " + owner + ", who can change the hooks that run as root; `chown root " + path
                    + "' prevents that");
        }
    }

    /// Whether others may write to it but cannot replace another user's files. Where they can, a problem is added.
    private boolean isShared(String path, FileFacts facts) {
        boolean group = (facts.mode() & GROUP_WRITES) != 0 && facts.group() != 0;
        boolean others = (facts.mode() & OTHERS_WRITE) != 0;
        if (!group && !others) {
            return false;
        }
        boolean folder = (facts.mode() & S_IFMT) == S_IFDIR;
        if (folder && (facts.mode() & STICKY) != 0) {
            return true;
        }
        String who = others ? "everybody" : "group " + facts.group();
        String what = folder ? " may replace files in it, this configuration too" : " may write to it";
        String mode = Integer.toOctalString(facts.mode() & PERMISSIONS);
        String remedy = others ? group ? "go-w " : "o-w " : "g-w ";
        add(path + ": " + who + what + " (mode 0" + mode + "), and its hooks run as root; `chmod " + remedy + path
                + "' prevents that");
        return false;
    }

    private void add(String problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
