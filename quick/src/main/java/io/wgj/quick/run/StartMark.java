// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.SocketFile;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.ProgramImage;
import io.wgj.netlink.sys.Randomness;
import io.wgj.netlink.sys.SystemException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Marks all processes of one start of a userspace implementation by an environment variable, which child
/// processes inherit. The implementation leaves its parent, its session and its process group while it
/// starts, so nothing else identifies it.
///
/// @param text identifies this start
record StartMark(String text) {
    /// The variable's name.
    static final String VARIABLE = "WGJ_START";

    /// The option that the launcher makes of it.
    private static final String PROPERTY = "-Dwgj.start=";

    private static final String PROCESSES = "/proc";
    private static final int RANDOM_BYTES = 8;
    private static final long PAUSE_MILLIS = 10;
    /// An engine that is signalled while it starts exits once it has started.
    private static final int PAUSES_BEFORE_KILL = 1_000;
    /// A process that is executing another program has no environment for a moment, and is not found.
    private static final int LOOKS_WITHOUT_A_FIND = 5;

    /// A new mark.
    static StartMark random() throws SystemException {
        return new StartMark(HexFormat.of().formatHex(Randomness.bytes(RANDOM_BYTES)));
    }

    /// Ends all processes that have the mark, and waits for their end. Removes their files of the interface's
    /// socket.
    void endAll(InterfaceName link) {
        int looks = 0;
        for (int pauses = 0; looks < LOOKS_WITHOUT_A_FIND && pauses < 2 * PAUSES_BEFORE_KILL; pauses++) {
            List<ProcessHandle> found = marked();
            looks = found.isEmpty() ? looks + 1 : 0;
            for (int i = 0; i < found.size(); i++) {
                end(found.get(i), pauses >= PAUSES_BEFORE_KILL);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        SocketFile.sweep(UapiSockets.DEFAULT_FOLDER, link);
    }

    private static void end(ProcessHandle process, boolean atOnce) {
        if (atOnce) {
            process.destroyForcibly();
        } else {
            process.destroy();
        }
    }

    private List<ProcessHandle> marked() {
        List<ProcessHandle> found = new ArrayList<>();
        try {
            List<String> entries = NativeFile.list(PROCESSES);
            for (int i = 0; i < entries.size(); i++) {
                String entry = entries.get(i);
                if (entry.charAt(0) >= '1' && entry.charAt(0) <= '9' && isMarked(entry)) {
                    ProcessHandle.of(Long.parseLong(entry)).ifPresent(found::add);
                }
            }
        } catch (SystemException _) {
            // Without /proc no process can be found.
            return found;
        }
        return found;
    }

    private boolean isMarked(String process) {
        try {
            // Our own engine has it on its command line too: the environment of a process without core dumps
            // is not readable by every user who may end it.
            return ProgramImage.wordsOf(process).contains(PROPERTY + text)
                    || ProgramImage.environmentOf(process).contains(VARIABLE + "=" + text);
        } catch (SystemException _) {
            // It has exited, or this user may not look at it.
            return false;
        }
    }
}
