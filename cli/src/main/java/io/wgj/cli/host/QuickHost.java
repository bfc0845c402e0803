// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.host;

import io.wgj.config.net.InterfaceName;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.TunnelRunner;
import java.util.List;
import java.util.Optional;

/// The system as the commands of `wgj-quick` need it in addition to [Host]: files to find and rewrite, and other
/// programs. All text is bytes, one a char.
public interface QuickHost {
    /// The result of a program.
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
    TunnelRunner runner(Environment environment, ProgressListener listener);

    /// The absolute path of the file that an interface was brought up from, as the journal has it; empty when no
    /// journal of the present boot can be read.
    Optional<String> configFile(InterfaceName link);

    /// Runs a program to its end, with the same terminal and standard input; its exit code. INT and TERM are
    /// forwarded to it. HUP ends only this process.
    int runHere(List<String> words) throws FileException;

    /// Leaves the session: neither the end of the terminal nor that of the parent process ends this one.
    void leaveSession();

    /// This process's user; 0 is root.
    int userId();

    /// Owner and permissions of the file that `path` leads to.
    FileFacts facts(String path) throws FileException;

    /// Owner and permissions of `path` itself, even of a symbolic link.
    FileFacts linkFacts(String path) throws FileException;

    /// The target of the symbolic link `path`.
    String readLink(String path) throws FileException;

    /// The absolute path of the file at `path`, without symbolic links.
    String realPath(String path) throws FileException;

    /// Creates a new file with mode 0600, and waits until it and its name are on the disk. `EEXIST` when the name
    /// is taken; that file stays as it is. After any other failure there is no such file.
    void createNew(String path, String content) throws FileException;

    /// Creates a file with mode 0600 and replaces one that has the name.
    void create(String path, String content) throws FileException;

    /// Gives the file at `path`, which symbolic links may lead to, other content. It keeps its owner, group and
    /// permissions. Whatever fails, the file has all of its old content or all of `content`, and no other file
    /// stays behind. `EINVAL` when it is not a regular file.
    void replace(String path, String content) throws FileException;

    /// Renames `from` to `to`, replaces a file of that name, and waits until the change is on the disk.
    void rename(String from, String to) throws FileException;

    /// Removes a file, if there is one.
    void remove(String path);

    /// Becomes the program that `words` name, looked up in `PATH`, with `LC_ALL=C`. Returns only when that fails:
    /// the reason.
    FileException become(List<String> words);

    /// Runs a program that is looked up in `PATH`, with `LC_ALL=C`, nothing to read and standard error as it is,
    /// or nowhere.
    ///
    /// @param environment `NAME=value`, beside this process's own
    /// @param quiet whether its standard error goes nowhere
    /// @param seconds after which it and its children are ended
    Captured capture(List<String> words, List<String> environment, boolean quiet, int seconds) throws FileException;
}
