// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.check;

import io.wgj.config.file.Key;
import io.wgj.config.file.Located;
import io.wgj.config.file.PeerSection;
import io.wgj.config.file.Place;
import java.util.OptionalInt;

/// Who else may read or change the file and its keys.
final class TrustCheck {
    private static final int NOT_THE_OWNER = 0077;
    private static final int READ_BY_OTHERS = 0044;

    private TrustCheck() {}

    /// Secret keys in a file that others may read.
    static void secrets(CheckedFile file, HostFacts host, Report report) {
        boolean secret = file.section().privateKey().isPresent();
        for (PeerSection peer : file.peers()) {
            secret |= peer.settings().presharedKey().isMentioned();
        }
        OptionalInt mode = secret && !file.path().isEmpty() ? host.permissions(file.path()) : OptionalInt.empty();
        if (mode.isPresent() && (mode.getAsInt() & READ_BY_OTHERS) != 0) {
            Place place = file.section().privateKey().isPresent() ? file.index().place(Key.PRIVATE_KEY) : file.start();
            report.add(
                    CheckCode.SECRETS_READABLE,
                    place,
                    "the file has secret keys, and others may read it (mode 0" + Integer.toOctalString(mode.getAsInt())
                            + ")",
                    "chmod 600 " + file.path() + ", and make a new key if another user may have read this one");
        }
    }

    /// Hooks that others may write.
    static void hooks(CheckedFile file, HostFacts host, Report report) {
        boolean runs = !file.hookLines().isEmpty()
                || file.section().privateKeyCommand().isPresent();
        for (PeerSection peer : file.peers()) {
            runs |= !peer.peerUp().isEmpty() || !peer.peerDown().isEmpty();
        }
        if (!runs || file.path().isEmpty()) {
            return;
        }
        for (String way : host.whoCanChange(file.path())) {
            int remedy = way.indexOf("; ");
            report.add(
                    CheckCode.HOOKS_WRITABLE,
                    file.start(),
                    remedy < 0 ? way : way.substring(0, remedy),
                    remedy < 0 ? "" : way.substring(remedy + 2));
        }
    }

    /// Key files that `up` refuses.
    static void keyFiles(CheckedFile file, HostFacts host, Report report) {
        if (file.path().isEmpty()) {
            return;
        }
        file.section().privateKeyFile().ifPresent(key -> keyFile(file, host, key, report));
        for (PeerSection peer : file.peers()) {
            peer.presharedKeyFile().ifPresent(key -> keyFile(file, host, key, report));
        }
    }

    private static void keyFile(CheckedFile file, HostFacts host, Located<String> key, Report report) {
        String folder = file.path().substring(0, file.path().lastIndexOf('/') + 1);
        String path = key.value().startsWith("/") ? key.value() : folder + key.value();
        OptionalInt mode = host.permissions(path);
        if (mode.isPresent() && (mode.getAsInt() & NOT_THE_OWNER) != 0) {
            report.add(
                    CheckCode.KEY_FILE_OPEN,
                    key.place(),
                    "others may use the key file (mode 0" + Integer.toOctalString(mode.getAsInt())
                            + "), so `up' refuses it",
                    "chmod 600 " + path);
        }
    }
}
