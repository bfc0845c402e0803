// SPDX-License-Identifier: Apache-2.0
package io.wgj.packaging;

import io.wgj.cli.host.FileException;
import io.wgj.cli.host.FileFacts;
import io.wgj.cli.host.QuickHost;
import io.wgj.config.net.InterfaceName;
import io.wgj.quick.run.Environment;
import io.wgj.quick.run.Kernel;
import io.wgj.quick.run.ProgressListener;
import io.wgj.quick.run.QuickRun;
import io.wgj.quick.run.TunnelRunner;
import java.util.List;
import java.util.Optional;

/// This machine, whose user is root, with another kernel and other journals.
///
/// @param state the folder of journals and locks
record TrainingQuickHost(QuickHost machine, Kernel kernel, String state) implements QuickHost {
    @Override
    public TunnelRunner runner(Environment environment, ProgressListener narrator) {
        return new QuickRun(environment, kernel, narrator, state);
    }

    @Override
    public int userId() {
        // Its class belongs in the archive.
        return Math.min(machine.userId(), 0);
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
    public void leaveSession() {
        machine.leaveSession();
    }

    @Override
    public FileFacts facts(String path) throws FileException {
        return machine.facts(path);
    }

    @Override
    public String realPath(String path) throws FileException {
        return machine.realPath(path);
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
    public FileException become(List<String> words) {
        return machine.become(words);
    }

    @Override
    public Captured capture(List<String> words, List<String> environment, boolean quiet, int seconds)
            throws FileException {
        return machine.capture(words, environment, quiet, seconds);
    }
}
