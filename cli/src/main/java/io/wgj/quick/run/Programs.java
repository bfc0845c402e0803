// SPDX-License-Identifier: Apache-2.0
package io.wgj.quick.run;

import io.wgj.netlink.sys.FileStatus;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.SystemException;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Other people's programs: hooks, resolvers, userspace implementations. They get our standard streams,
/// LC_ALL=C, and nothing else that is open here.
final class Programs {
    /// The shell's code for a command that is not there.
    static final int NOT_FOUND = 127;

    private static final int ANY_EXECUTE = 0111;
    private static final String USUAL_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Environment environment;
    private final Interruption interruption;

    Programs(Environment environment, Interruption interruption) {
        this.environment = environment;
        this.interruption = interruption;
    }

    /// Where the shell would find `program`; empty when it would not.
    Optional<String> find(String program) {
        if (program.indexOf('/') >= 0) {
            return isExecutable(program) ? Optional.of(program) : Optional.empty();
        }
        String path = environment.variable("PATH").orElse(USUAL_PATH);
        int start = 0;
        while (start <= path.length()) {
            int colon = path.indexOf(':', start);
            int end = colon < 0 ? path.length() : colon;
            String candidate = (end == start ? "." : path.substring(start, end)) + "/" + program;
            if (isExecutable(candidate)) {
                return Optional.of(candidate);
            }
            start = end + 1;
        }
        return Optional.empty();
    }

    private static boolean isExecutable(String path) {
        try {
            FileStatus status = NativeFile.status(path);
            return status.isRegular() && (status.mode() & ANY_EXECUTE) != 0;
        } catch (SystemException _) {
            return false;
        }
    }

    /// Runs a program to its end; what it ended with.
    ///
    /// @param variables besides the environment of this process
    /// @param input what it reads; null for our own standard input
    /// @param limit how long it may take; empty for as long as it likes
    int run(List<String> words, Map<String, String> variables, @Nullable String input, Optional<Duration> limit)
            throws StepException, RunException {
        ProcessBuilder builder =
                new ProcessBuilder(words.stream().map(Programs::decoded).toList()).inheritIO();
        if (input != null) {
            builder.redirectInput(Redirect.PIPE);
        }
        builder.environment().put("LC_ALL", "C");
        variables.forEach((name, value) -> builder.environment().put(name, decoded(value)));
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new StepException(NOT_FOUND, words.getFirst() + ": " + e.getMessage());
        }
        interruption.watch(process);
        try {
            if (input != null) {
                feed(process, input);
            }
            return await(process, words.getFirst(), limit);
        } finally {
            interruption.watch(null);
        }
    }

    private static void feed(Process process, String input) {
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException _) {
            // It does not want to read it; what it ends with tells the rest.
            return;
        }
    }

    private int await(Process process, String name, Optional<Duration> limit) throws StepException, RunException {
        try {
            if (limit.isEmpty()) {
                process.waitFor();
            } else if (!process.waitFor(limit.get().toMillis(), TimeUnit.MILLISECONDS)) {
                Interruption.end(process);
                throw new StepException(
                        1, name + ": not done after " + limit.get().toSeconds() + " s");
            }
        } catch (InterruptedException _) {
            Interruption.end(process);
            Thread.currentThread().interrupt();
            interruption.come();
        }
        interruption.check();
        return process.exitValue();
    }

    /// The JVM runs in UTF-8 and writes words in it: bytes that are UTF-8 come out as they went in.
    static String decoded(String bytes) {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) >= 0x80) {
                return utf8(bytes).orElse(bytes);
            }
        }
        return bytes;
    }

    private static Optional<String> utf8(String bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    /// `command` as bash is to be told it: bytes that are no UTF-8, which no word of ours can hold, written in
    /// ASCII.
    static String forBash(String command) {
        boolean plain = true;
        for (int i = 0; i < command.length(); i++) {
            plain &= command.charAt(i) < 0x80;
        }
        if (plain || utf8(command).isPresent()) {
            return command;
        }
        StringBuilder script = new StringBuilder("eval $'");
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (c == '\'' || c == '\\') {
                script.append('\\').append(c);
            } else if (c >= 0x80) {
                script.append("\\x").append(Integer.toHexString(c));
            } else {
                script.append(c);
            }
        }
        return script.append('\'').toString();
    }
}
