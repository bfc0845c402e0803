// SPDX-License-Identifier: Apache-2.0
package io.wgj.netlink;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Runs a program of the system that lists the kernel's objects independently of wgj, in the network
/// namespace of the calling thread.
public final class ReferenceTool {
    private ReferenceTool() {}

    /// The output of the command. A failing command fails the test.
    public static String output(String commandLine) {
        return output(List.of(commandLine.split(" ", -1)));
    }

    /// The same for arguments with blanks in them.
    public static String output(List<String> command) {
        try {
            // The JVM's helper process, which stayed in the first namespace, forks the child.
            String thread = Long.toString(ProcessHandle.current().pid());
            List<String> entering =
                    new ArrayList<>(List.of("nsenter", "--net=/proc/" + thread + "/task/" + threadId() + "/ns/net"));
            entering.addAll(command);
            Process process = new ProcessBuilder(entering)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError(command + " ended with " + status + ": " + text);
            }
            return text;
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// The kernel's number of the calling thread.
    private static String threadId() throws IOException {
        return Path.of("/proc/thread-self").toRealPath().getFileName().toString();
    }
}
