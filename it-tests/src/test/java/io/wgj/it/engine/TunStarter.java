// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.engine;

import io.wgj.it.Command;
import io.wgj.it.Product;
import io.wgj.netlink.sys.NativeFile;
import io.wgj.netlink.sys.TunDevice;
import java.util.Arrays;
import java.util.List;

/// Opens a TUN with an MTU of 1280 and starts another program with it as descriptor 5, as `WG_TUN_FD` says.
/// With `TUN_STARTER_HEADER=0` in its environment the TUN has no virtio-net header.
final class TunStarter {
    private TunStarter() {}

    /// Our engine in the foreground, started so.
    static Command command(String name) {
        return Command.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                TunStarter.class.getName(),
                name,
                Product.root().resolve("wgj").toString(),
                "engine",
                "-f",
                name);
    }

    /// `NAME PROGRAM WORD…`
    public static void main(String[] words) throws Exception {
        List<String> program = Arrays.asList(words).subList(1, words.length);
        boolean header = !"0".equals(System.getenv("TUN_STARTER_HEADER"));
        int flags = TunDevice.IFF_TUN | TunDevice.IFF_NO_PI | (header ? TunDevice.IFF_VNET_HDR : 0);
        try (TunDevice tun = TunDevice.open(words[0], flags, 1 << 16);
                NativeFile descriptor = NativeFile.ofDescriptor(tun.descriptor())) {
            new ProcessBuilder("ip", "link", "set", words[0], "mtu", "1280")
                    .inheritIO()
                    .start()
                    .waitFor();
            // Java passes on three descriptors and no more.
            descriptor.copyTo(0);
            ProcessBuilder builder = new ProcessBuilder("sh", "-c", "exec 5<&0 </dev/null \"$@\"", "sh").inheritIO();
            builder.command().addAll(program);
            builder.environment().put("WG_TUN_FD", "5");
            Runtime.getRuntime().halt(builder.start().waitFor());
        }
    }
}
