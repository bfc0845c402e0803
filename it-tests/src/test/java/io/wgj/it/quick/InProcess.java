// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.quick;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wgj.cli.Programs;
import io.wgj.cli.command.Invocation;
import io.wgj.cli.command.InvokedAs;
import io.wgj.it.CapturingHost;
import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import io.wgj.it.Reference;
import io.wgj.netlink.sys.Namespaces;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/// Runs a script in a [World], its `wg-quick` and `wgj-quick` being calls into this JVM: for emulated machines,
/// where the start of a JVM takes seconds. A thread of its own has the world's namespaces, and answers to small
/// shell scripts that stand for the programs.
final class InProcess {
    /// Over five times what the longest script takes in an emulated machine that has a processor to itself.
    private static final long PATIENCE_SECONDS = 400;

    /// Hands its words over, and waits.
    private static final String STAND_IN = """
            #!/bin/bash
            printf '%s\\0' "${0##*/}" "$@" >'FOLDER/words'
            : >'FOLDER/ready'
            read -r code <'FOLDER/code'
            [[ ! -s FOLDER/out ]] || printf '%s\\n' "$(<'FOLDER/out')"
            [[ ! -s FOLDER/err ]] || printf '%s\\n' "$(<'FOLDER/err')" >&2
            exit "$code"
            """;

    /// A program that is code of the test's.
    @FunctionalInterface
    interface Program {
        Ran run(List<String> words) throws Exception;
    }

    private final Path folder;
    private final Map<String, Program> programs = new LinkedHashMap<>();

    private InProcess(Path folder, Map<String, Program> more) {
        this.folder = folder;
        programs.put("wg-quick", words -> quick(InvokedAs.WG_QUICK, "wg-quick", words));
        programs.put("wgj-quick", words -> quick(InvokedAs.WGJ_QUICK, "wgj-quick", words));
        programs.put("wgj-quick-often", this::often);
        programs.putAll(more);
    }

    /// Runs `script` as [World#run] does.
    static Transcript run(String script) {
        return run(script, Map.of());
    }

    /// @param more by name; each runs on the thread that has the world's namespaces
    static Transcript run(String script, Map<String, Program> more) {
        try {
            Path folder = Files.createTempDirectory("wgj-in-process");
            try {
                return Transcript.of(Namespaces.on(() -> new InProcess(folder, more).play(script)));
            } finally {
                try (Stream<Path> files = Files.list(folder)) {
                    for (Path file : files.toList()) {
                        Files.delete(file);
                    }
                }
                Files.delete(folder);
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Ran quick(InvokedAs invokedAs, String name, List<String> words) {
        Map<String, String> environment = Map.of(
                "PATH",
                folder + ":/run/case/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                "WG_QUICK_USERSPACE_IMPLEMENTATION",
                "wireguard-go",
                "WG_ENDPOINT_RESOLUTION_RETRIES",
                "0");
        CapturingHost host = new CapturingHost(environment, System.currentTimeMillis() / 1000);
        return host.ran(Programs.run(new Invocation(invokedAs, name, words, host)));
    }

    /// `wgj-quick-often TIMES WORD…`: without a shell in between, up to the first failure.
    private Ran often(List<String> words) {
        int times = Integer.parseInt(words.getFirst());
        Ran last = new Ran(0, "", "");
        for (int i = 0; i < times && last.exit() == 0; i++) {
            last = quick(InvokedAs.WGJ_QUICK, "wgj-quick", words.subList(1, words.size()));
        }
        return last;
    }

    private String play(String script) throws Exception {
        Namespaces.unshare(Namespaces.CLONE_NEWNET | Namespaces.CLONE_NEWNS);
        Namespaces.mount("none", "/", null, Namespaces.MS_REC | Namespaces.MS_PRIVATE, null);
        Path observer = Reference.isThere() ? Reference.folder() : Product.links();
        Command.of("mkfifo", folder.resolve("code").toString()).run().ok();
        for (String name : programs.keySet()) {
            Path file =
                    Files.writeString(folder.resolve(name), STAND_IN.replace("FOLDER", folder.toString()), ISO_8859_1);
            file.toFile().setExecutable(true);
        }
        Files.createSymbolicLink(folder.resolve("wg"), observer.resolve("wg"));
        Path out = folder.resolve("script.out");
        Path err = folder.resolve("script.err");
        // Processes of the script's end with it. Its file systems are this thread's, /proc too.
        Process process = new ProcessBuilder(
                        "unshare",
                        "--pid",
                        "--fork",
                        "--kill-child",
                        Product.root().resolve("it-tests/grounds/world").toString(),
                        "--inside",
                        folder.toString(),
                        observer.toString(),
                        script)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        try {
            serve(process);
        } finally {
            process.destroyForcibly().waitFor();
        }
        String said = Files.readString(out, ISO_8859_1);
        new Ran(process.exitValue(), said, Files.readString(err, ISO_8859_1)).ok();
        return said;
    }

    private void serve(Process process) throws Exception {
        Path ready = folder.resolve("ready");
        long begun = System.nanoTime();
        while (process.isAlive()) {
            if (System.nanoTime() - begun > PATIENCE_SECONDS * 1_000_000_000L) {
                throw new AssertionError("the script was not done after " + PATIENCE_SECONDS + " s; so far:\n"
                        + Files.readString(folder.resolve("script.out"), ISO_8859_1));
            }
            if (Files.deleteIfExists(ready)) {
                answer();
            } else {
                Thread.sleep(2);
            }
        }
    }

    private void answer() throws IOException {
        List<String> words = new ArrayList<>(
                List.of(Files.readString(folder.resolve("words"), ISO_8859_1).split("\0", -1)));
        words.removeLast();
        Ran ran;
        try {
            ran = Objects.requireNonNull(programs.get(words.getFirst())).run(words.subList(1, words.size()));
        } catch (Exception | AssertionError e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            ran = new Ran(99, "", trace.toString());
        }
        Files.writeString(folder.resolve("out"), ran.stdout(), ISO_8859_1);
        Files.writeString(folder.resolve("err"), ran.stderr(), ISO_8859_1);
        Files.writeString(folder.resolve("code"), ran.exit() + "\n", ISO_8859_1);
    }
}
