// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.containers;

import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.ContainerNetwork;
import com.github.dockerjava.api.model.Device;
import com.github.dockerjava.api.model.HostConfig;
import io.wgj.it.Product;
import io.wgj.it.Ran;
import io.wgj.it.Reference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/// A container as a user of WireGuard would write it: every right dropped but `NET_ADMIN`, `/dev/net/tun`, and the
/// kernel settings it asks for, since `/proc/sys` cannot be written inside. The built image, its Java and the
/// original tools are this machine's, read-only.
final class Node implements AutoCloseable {
    /// What a tunnel with a default route needs: that the reverse-path filter looks at marks.
    static final String SRC_VALID_MARK = "net.ipv4.conf.all.src_valid_mark";

    private static final String WGJ = "/opt/wgj";

    private final GenericContainer<?> container;

    private Node(GenericContainer<?> container) {
        this.container = container;
    }

    /// A running container with these kernel settings, and IPv6 inside.
    static Node start(Map<String, String> settings) {
        List<Bind> binds = binds();
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse("wgj-tests:latest"))
                .withImagePullPolicy(image -> false)
                .withCommand("sleep", "infinity")
                .withCreateContainerCmdModifier(create -> {
                    HostConfig host = Objects.requireNonNull(create.getHostConfig());
                    host.withCapDrop(Capability.ALL)
                            .withCapAdd(Capability.NET_ADMIN)
                            .withDevices(new Device("rwm", "/dev/net/tun", "/dev/net/tun"))
                            .withSysctls(settings)
                            .withBinds(binds)
                            // Process 1 must reap daemons whose parent has exited.
                            .withInit(true);
                });
        container.start();
        return new Node(container);
    }

    /// Its address on the network that the containers share.
    String address() {
        ContainerNetwork bridge =
                container.getContainerInfo().getNetworkSettings().getNetworks().get("bridge");
        return Objects.requireNonNull(Objects.requireNonNull(bridge).getIpAddress());
    }

    /// Writes `/etc/wireguard/wg0.conf`, readable by root alone.
    void configure(String text) {
        container.copyFileToContainer(Transferable.of(text, 0600), "/etc/wireguard/wg0.conf");
    }

    /// Runs a line of shell, where `wgj` and `wgj-quick` are ours and `wg-quick` is the original.
    Ran run(String line) {
        String path = "PATH=" + WGJ + "/bin:" + Reference.folder() + ":$PATH; ";
        try {
            ExecResult result = container.execInContainer("bash", "-c", path + line);
            return new Ran(result.getExitCode(), result.getStdout(), result.getStderr());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// What a tunnel could leave behind: links, addresses, routes, rules, firewall, files, processes. Without our
    /// empty lock files, which stay, link-local addresses, which come when the kernel has looked for doubles, and
    /// the processes that look: which of them there are at one moment is chance.
    String state() {
        return run("""
                { ip -o link; ip -o addr | awk '{ print $2, $3, $4 }'; ip route show table all
                ip -6 route show table all; ip rule; ip -6 rule; } | grep -v fe80
                nft list ruleset; find /run /tmp ! -type d ! -path '/run/wgj/lock/*'
                ps -e -o pid= -o ppid= -o comm= | awk -v self=$$ '
                  { parent[$1] = $2; name[$1] = $3 }
                  END {
                    for (pid in name) {
                      for (p = pid; p in parent && p != self; p = parent[p]);
                      if (p != self) print name[pid]
                    }
                  }' | sort -u
                """).ok().stdout();
    }

    @Override
    public void close() {
        container.stop();
    }

    private static List<Bind> binds() {
        try {
            Path image = Product.root().resolve("packaging/target/image").toRealPath();
            Path java = Path.of(Files.readString(image.resolve("lib/java-home")).strip());
            List<Bind> binds = new ArrayList<>();
            binds.add(Bind.parse(image + ":" + WGJ + ":ro"));
            binds.add(Bind.parse(java + ":" + java + ":ro"));
            Path tools = Reference.folder().getParent();
            binds.add(Bind.parse(tools + ":" + tools + ":ro"));
            // Where Debian's own Java keeps its configuration.
            try (Stream<Path> folders = Files.list(Path.of("/etc"))) {
                folders.filter(folder -> folder.getFileName().toString().startsWith("java-"))
                        .forEach(folder -> binds.add(Bind.parse(folder + ":" + folder + ":ro")));
            }
            return binds;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
