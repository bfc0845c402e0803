// SPDX-License-Identifier: Apache-2.0
package io.wgj.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A program to run, its words and input one char a byte (ISO-8859-1), as the shell would hand them over. Each
/// method returns a changed copy; [#run] may be called any number of times.
///
/// Input and output are files, not pipes: a daemon that keeps them open cannot make a test wait.
public record Command(
        List<String> words, Map<String, String> environment, String stdin, Optional<Path> directory, Duration timeout) {
    public Command {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /// No input, the environment and directory of this process, one minute.
    public static Command of(String... words) {
        return new Command(List.of(words), Map.of(), "", Optional.empty(), Duration.ofMinutes(1));
    }

    public static Command of(Path program, String... words) {
        return of(program.toString()).with(words);
    }

    /// With further words at the end.
    public Command with(String... more) {
        List<String> all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return new Command(all, environment, stdin, directory, timeout);
    }

    /// With `first` before its words, for a program that runs another.
    public Command under(String... first) {
        return new Command(List.of(first), environment, stdin, directory, timeout).with(words.toArray(String[]::new));
    }

    /// With a variable set, or unset when `value` is empty: our commands treat both alike.
    public Command env(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(environment);
        changed.put(name, value);
        return new Command(words, changed, stdin, directory, timeout);
    }

    public Command stdin(String bytes) {
        return new Command(words, environment, bytes, directory, timeout);
    }

    public Command in(Path folder) {
        return new Command(words, environment, stdin, Optional.of(folder), timeout);
    }

    public Command timeout(Duration limit) {
        return new Command(words, environment, stdin, directory, limit);
    }

    /// Runs it to its end. A document of ours without a schema is an `AssertionError`. Not ending in time is an
    /// `AssertionError`, and ends it and its children.
    public Ran run() {
        try {
            Path folder = Files.createTempDirectory("wgj-command");
            try {
                return run(folder);
            } finally {
                for (String file : List.of("in", "out", "err", "script")) {
                    Files.deleteIfExists(folder.resolve(file));
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Starts it and leaves it running, output to `log`.
    public Process start(Path log) throws IOException {
        return builder(words)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
    }

    private Ran run(Path folder) throws IOException {
        Path in = Files.writeString(folder.resolve("in"), stdin, ISO_8859_1);
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        Process process = builder(asPlainWords(folder))
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        boolean ended;
        try {
            ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended = false;
        }
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        String stdout = Files.readString(out, ISO_8859_1);
        String stderr = Files.readString(err, ISO_8859_1);
        if (!ended) {
            throw new AssertionError(String.join(" ", words) + ": not done after " + timeout + "\nstdout: " + stdout
                    + "\nstderr: " + stderr);
        }
        PublishedSchemas.check(stdout);
        PublishedSchemas.check(stderr);
        return new Ran(process.exitValue(), stdout, stderr);
    }

    private ProcessBuilder builder(List<String> plain) {
        ProcessBuilder builder = new ProcessBuilder(plain);
        directory.ifPresent(path -> builder.directory(path.toFile()));
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return builder;
    }

    /// The JDK encodes words in the locale's character set, which would change bytes above 127; a shell script
    /// keeps them.
    private List<String> asPlainWords(Path folder) throws IOException {
        if (words.stream().allMatch(word -> word.chars().allMatch(c -> c < 128))) {
            return words;
        }
        StringBuilder script = new StringBuilder("exec");
        for (String word : words) {
            script.append(" '").append(word.replace("'", "'\\''")).append('\'');
        }
        Path file = Files.writeString(folder.resolve("script"), script.append('\n'), ISO_8859_1);
        return List.of("sh", file.toString());
    }
}
