// SPDX-License-Identifier: Apache-2.0
package io.wgj.cli.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.cli.command.ErrorReport;
import io.wgj.config.cases.Case;
import io.wgj.config.device.DeviceException;
import io.wgj.config.device.DeviceException.Reason;
import io.wgj.config.device.WireGuardDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.engine.uapi.UapiDevice;
import io.wgj.engine.uapi.UapiSockets;
import io.wgj.netlink.sys.Errno;
import io.wgj.netlink.wireguard.KernelDevice;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinuxDevicesTest {
    @TempDir
    Path folder;

    private final List<DeviceName> kernel = new ArrayList<>();
    private final Map<String, String> others = new HashMap<>();
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

    /// What the kernel answers depends on its module and on the caller's rights; what the links say does not.
    @ParameterizedTest
    @ValueSource(ints = {Errno.EPROTONOSUPPORT, Errno.EPERM, Errno.EOPNOTSUPP})
    void theLinksTellWhatIsWrongWhateverTheKernelAnswers(int errno) {
        others.put("veth0", "veth");
        others.put("tun0", "tun");
        others.put("lo", "");
        assertExamined("nope", errno, Reason.NOT_FOUND, Errno.ENODEV, "there is no such interface");
        assertExamined(
                "veth0", errno, Reason.NOT_WIREGUARD, Errno.EOPNOTSUPP, "not a WireGuard interface (a veth interface)");
        assertExamined("tun0", errno, Reason.NOT_WIREGUARD, Errno.EOPNOTSUPP, "listens on " + folder + "/tun0.sock");
        assertExamined(
                "lo", errno, Reason.NOT_WIREGUARD, Errno.EOPNOTSUPP, "the interface is not a WireGuard interface");
    }

    @Test
    void whatTheKernelRefusesOfAWireGuardLinkStaysTheKernelsWord() {
        kernel.add(new DeviceName("wg0"));
        DeviceException refused = new DeviceException(Reason.NOT_SUPPORTED, Errno.EOPNOTSUPP, "too old");
        assertThat(devices().examine(new DeviceName("wg0"), refused)).isSameAs(refused);
    }

    @Test
    void nothingIsAskedAboutAUserspaceDevicesAnswer() throws Exception {
        try (var _ = serve("u0")) {
            DeviceException refused = new DeviceException(Reason.NOT_PERMITTED, Errno.EPERM, null);
            assertThat(devices().examine(new DeviceName("u0"), refused)).isSameAs(refused);
        }
        assertThat(questions).isZero();
    }

    @Test
    void aNameThatIsTooLongIsNobodys() {
        DeviceException refused = new DeviceException(Reason.INVALID, Errno.ENAMETOOLONG, null);
        assertThat(devices()
                        .examine(new DeviceName("abcdefghijklmnopqrst"), refused)
                        .reason())
                .isEqualTo(Reason.NOT_FOUND);
    }

    private void assertExamined(String name, int errno, Reason reason, int examinedErrno, String explanation) {
        DeviceException examined =
                devices().examine(new DeviceName(name), new DeviceException(Reason.IO, errno, "the kernel's detail"));
        assertThat(examined.reason()).isEqualTo(reason);
        assertThat(examined.errno()).isEqualTo(examinedErrno);
        assertThat(ErrorReport.explain(examined)).contains(explanation);
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
            public Optional<String> kind(DeviceName name) {
                questions++;
                return kernel.contains(name) ? Optional.of(WIREGUARD) : Optional.ofNullable(others.get(name.text()));
            }
        };
        return new LinuxDevices(links, new UapiSockets(folder.toString()));
    }

    private ServerSocketChannel serve(String name) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX)
                .bind(UnixDomainSocketAddress.of(folder.resolve(name + ".sock")));
    }
}
