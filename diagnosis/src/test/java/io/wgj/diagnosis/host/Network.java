// SPDX-License-Identifier: Apache-2.0
package io.wgj.diagnosis.host;

import io.wgj.netlink.sys.Namespaces;
import io.wgj.netlink.sys.TunDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/// A fresh network namespace, configured with lines of ip(8). `sysctl KEY VALUE` sets a value below /proc/sys/net,
/// `tun NAME` creates a TUN device with a carrier; `-6` in front of a line is as in ip(8).
final class Network implements AutoCloseable {
    private final List<TunDevice> tuns = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    private int applied;

    private Network() {}

    /// What is done in a network.
    @FunctionalInterface
    interface Task<T> {
        T in(Network network) throws Exception;
    }

    /// Runs `task` on a thread in a network namespace of its own, which ends with it.
    static <T> T with(Task<T> task) throws InterruptedException {
        try {
            return Namespaces.on(() -> {
                Namespaces.unshare(Namespaces.CLONE_NEWNET);
                try (Network network = new Network()) {
                    network.apply(List.of(
                            "sysctl ipv6/conf/default/accept_dad 0",
                            "sysctl ipv6/conf/default/dad_transmits 0",
                            "link set lo up"));
                    return task.in(network);
                }
            });
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /// The lines that ip(8) refused so far.
    List<String> refused() {
        return refused;
    }

    /// How many lines there were so far.
    int applied() {
        return applied;
    }

    /// Applies the lines in order, as far as they are of the same kind in one call of ip(8).
    void apply(List<String> lines) {
        List<String> batch = new ArrayList<>();
        String family = "-4";
        applied += lines.size();
        for (String line : lines) {
            String own = line.startsWith("-6 ") ? "-6" : "-4";
            boolean isIp = !line.startsWith("sysctl ") && !line.startsWith("tun ");
            if (!batch.isEmpty() && (!isIp || !own.equals(family))) {
                ip(family, batch);
                batch.clear();
            }
            if (isIp) {
                family = own;
                batch.add(line.startsWith("-6 ") ? line.substring(3) : line);
            } else {
                special(line);
            }
        }
        if (!batch.isEmpty()) {
            ip(family, batch);
        }
    }

    private void special(String line) {
        String[] words = line.split(" ", -1);
        try {
            if (words[0].equals("tun")) {
                tuns.add(TunDevice.open(words[1], TunDevice.IFF_TUN | TunDevice.IFF_NO_PI, 1500));
            } else {
                Files.writeString(Path.of("/proc/sys/net", words[1]), words[2]);
            }
        } catch (Exception e) {
            refused.add(line + ": " + e.getMessage());
        }
    }

    private void ip(String family, List<String> lines) {
        refused.addAll(failures(lines, run(List.of("ip", family, "-force", "-batch", "-"), lines)));
    }

    /// `Command failed -:3` tells the line, in the order of the errors.
    private static List<String> failures(List<String> lines, String errors) {
        List<String> found = new ArrayList<>();
        String message = "";
        for (String line : errors.split("\n", -1)) {
            if (line.startsWith("Command failed -:")) {
                found.add(lines.get(Integer.parseInt(line.substring(17).strip()) - 1) + ": " + message.strip());
                message = "";
            } else {
                message += line + " ";
            }
        }
        return found;
    }

    /// Runs a command with lines as its input; what it wrote to standard output and error.
    static String run(List<String> command, List<String> input) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            if (!input.isEmpty()) {
                process.getOutputStream().write((String.join("\n", input) + "\n").getBytes(StandardCharsets.UTF_8));
            }
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        tuns.forEach(TunDevice::close);
    }
}
