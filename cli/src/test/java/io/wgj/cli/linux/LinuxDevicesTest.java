// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.cases.Case;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiDevice;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.wireguard.KernelDevice;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinuxDevicesTest {
    @TempDir
    Path folder;

    private final List<DeviceName> kernel = new ArrayList<>();
    private int questions;

    @Test
    void theKernelsDevicesComeFirstAndEachNameOnce() throws Exception {
        kernel.add(new DeviceName("wg1"));
        kernel.add(new DeviceName("wg0"));
        try (var _ = serve("wg0");
                var _ = serve("u0")) {
            assertThat(devices().list()).map(DeviceName::text).containsExactly("wg1", "wg0", "u0");
        }
    }

    @Test
    void aSocketIsPreferredUnlessTheNameIsAWireGuardLinkOfThisNamespace() throws Exception {
        kernel.add(new DeviceName("wg0"));
        try (var _ = serve("wg0");
                var _ = serve("u0")) {
            assertThat(open("u0")).isInstanceOf(UapiDevice.class);
            assertThat(open("wg0")).isInstanceOf(KernelDevice.class);
        }
    }

    @Test
    void withoutASocketNobodyAsksForLinks() throws Exception {
        assertThat(open("wg0")).isInstanceOf(KernelDevice.class);
        assertThat(open("a/b")).isInstanceOf(KernelDevice.class);
        assertThat(questions).isZero();
    }

    @Test
    @Case({"K27", "K28"})
    void aSocketNobodyListensOnIsRemovedAndAFileIsKept() throws Exception {
        serve("stale").close();
        Files.writeString(folder.resolve("x.sock"), "");
        assertThat(devices().list()).isEmpty();
        assertThat(folder.resolve("stale.sock")).doesNotExist();
        assertThat(folder.resolve("x.sock")).exists();
    }

    @Test
    void aNameToWriteToIsCutBeforeItIsLookedUp() throws Exception {
        try (var _ = serve("abcdefghijklmno")) {
            DeviceName name = new DeviceName("abcdefghijklmnopqrst");
            assertThat(devices().openToWrite(name)).isInstanceOf(UapiDevice.class);
            assertThat(devices().openToRead(name)).isInstanceOf(KernelDevice.class);
        }
    }

    private WireGuardDevice open(String name) throws Exception {
        return devices().openToRead(new DeviceName(name));
    }

    private LinuxDevices devices() {
        KernelLinks links = new KernelLinks() {
            @Override
            public List<DeviceName> wireGuard() {
                return kernel;
            }

            @Override
            public boolean isWireGuard(DeviceName name) {
                questions++;
                return kernel.contains(name);
            }
        };
        return new LinuxDevices(links, new UapiSockets(folder.toString()));
    }

    private ServerSocketChannel serve(String name) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve(name + ".sock")));
    }
}
