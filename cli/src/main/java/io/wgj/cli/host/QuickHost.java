// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.quick.run.Environment;
import io.wgj.quick.run.ProgressListener;
import java.util.List;

/// What the commands of `wgj-quick` need of the system beside [Host]: files to be found and rewritten, and
/// other programs. All text is bytes, one a char.
public interface QuickHost {
    /// What a program did.
    ///
    /// @param code its exit code; 128 and the signal's number when one ended it
    /// @param out what it printed, up to some 64 KB
    /// @param overdue whether it was ended because its time was over
    record Captured(int code, String out, boolean overdue) {
        /// A program that has ended by itself.
        public Captured(int code, String out) {
            this(code, out, false);
        }
    }

    /// Brings tunnels up, down and up to date.
    TunnelRunner runner(Environment environment, ProgressListener narrator);

    /// Runs a program to its end, in the same terminal and with the same words to read; its exit code. INT and TERM are
    /// handed on to it. HUP ends this process alone.
    int runHere(List<String> words) throws FileException;

    /// Goes on alone: the end of the terminal, or of who started this process, is not its end.
    void leaveSession();

    /// The user who started this process; 0 is root.
    int userId();

    /// Whose the file that `path` leads to is.
    FileFacts facts(String path) throws FileException;

    /// Whose `path` itself is, be it a symbolic link.
    FileFacts linkFacts(String path) throws FileException;

    /// What the symbolic link `path` says.
    String readLink(String path) throws FileException;

    /// The absolute path of what is at `path`, without symbolic links.
    String realPath(String path) throws FileException;

    /// Makes a file that was not there, with mode 0600, and waits until it and its name are on the disk. `EEXIST` when
    /// something has the name, which stays as it is; after any other failure there is no such file.
    void createNew(String path, String content) throws FileException;

    /// The same for a name that may be taken: what had it before is gone.
    void create(String path, String content) throws FileException;

    /// Gives `from` the name `to`, in the place of what had it, and waits until that is on the disk.
    void rename(String from, String to) throws FileException;

    /// Removes a file; no matter if there is none.
    void remove(String path);

    /// Becomes the program `words` names, looked up in `PATH`, with `LC_ALL=C`. Returns only when that failed: why.
    FileException become(List<String> words);

    /// Runs a program that is looked up in `PATH`, with `LC_ALL=C`, nothing to read and standard error as it is, or
    /// nowhere.
    ///
    /// @param environment `NAME=value`, beside this process's own
    /// @param quiet whether its standard error goes nowhere
    /// @param seconds after which it and its children are ended
    Captured capture(List<String> words, List<String> environment, boolean quiet, int seconds) throws FileException;
}
