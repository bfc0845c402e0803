// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.batch;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.InterfaceName;
import io.wgj.netlink.sys.Errno;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.TunnelRunner;
import java.util.List;
import java.util.Optional;

/// The system as `wgj-quick` sees it in a batch: this process never becomes another program, and stays in its
/// session, since more lines follow.
///
/// @param machine for everything else
record BatchQuickHost(QuickHost machine) implements QuickHost {
    @Override
    public FileException become(List<String> words) {
        return new FileException(Errno.EPERM);
    }

    @Override
    public void leaveSession() {
        throw new IllegalStateException("a batch runs no --confirm");
    }

    @Override
    public TunnelRunner runner(Environment environment, ProgressListener listener) {
        return machine.runner(environment, listener);
    }

    @Override
    public Optional<String> configFile(InterfaceName link) {
        return machine.configFile(link);
    }

    @Override
    public int runHere(List<String> words) throws FileException {
        return machine.runHere(words);
    }

    @Override
    public int userId() {
        return machine.userId();
    }

    @Override
    public FileFacts facts(String path) throws FileException {
        return machine.facts(path);
    }

    @Override
    public FileFacts linkFacts(String path) throws FileException {
        return machine.linkFacts(path);
    }

    @Override
    public String readLink(String path) throws FileException {
        return machine.readLink(path);
    }

    @Override
    public String realPath(String path) throws FileException {
        return machine.realPath(path);
    }

    @Override
    public void createNew(String path, String content) throws FileException {
        machine.createNew(path, content);
    }

    @Override
    public void create(String path, String content) throws FileException {
        machine.create(path, content);
    }

    @Override
    public void replace(String path, String content) throws FileException {
        machine.replace(path, content);
    }

    @Override
    public void rename(String from, String to) throws FileException {
        machine.rename(from, to);
    }

    @Override
    public void remove(String path) {
        machine.remove(path);
    }

    @Override
    public Captured capture(List<String> words, List<String> environment, boolean quiet, int seconds)
            throws FileException {
        return machine.capture(words, environment, quiet, seconds);
    }
}
