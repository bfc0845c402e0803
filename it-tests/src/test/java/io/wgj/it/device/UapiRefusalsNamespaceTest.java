// SPDX-License-Identifier: Apache-2.0
package io.wgj.it.device;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.wgj.config.device.FakeDevice;
import io.wgj.config.net.DeviceName;
import io.wgj.config.net.InterfaceName;
import io.wgj.engine.uapi.ServedDevice;
import io.wgj.engine.uapi.SocketFile;
import io.wgj.engine.uapi.UapiServer;
import io.wgj.it.Daemon;
import io.wgj.it.NetNamespace;
import io.wgj.netlink.sys.SystemException;
import io.wgj.netlink.sys.UnixStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same requests to wireguard-go and to our server: the same error numbers. `K` stands for a key, `P` for
/// the line that starts a peer, `~` for a line's end.
@Tag("namespace")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UapiRefusalsNamespaceTest {
    private static final String NAME = "wgrefuse0";
    private static final String KEY = "b85996fecc9c7f1fc6d2572a76eda11d59bcd20be8e543b15ce4bd85a8e75a33";
    private static final String RESET = "set=1\nprivate_key=" + "0".repeat(64) + "\nfwmark=0\nreplace_peers=true\n\n";

    private NetNamespace namespace;
    private Daemon daemon;
    private Path folder;
    private SocketFile file;
    private FakeDevice device;
    private UapiServer server;

    @BeforeAll
    void startBoth() throws Exception {
        namespace = NetNamespace.create();
        daemon = Daemon.start(namespace, NAME);
        folder = Files.createTempDirectory("wgj-refusals");
        file = SocketFile.bind(folder.toString(), new InterfaceName(NAME));
        device = new FakeDevice(new DeviceName(NAME));
        server = UapiServer.start(file.listener(), ServedDevice.of(device), _ -> {}, _ -> {});
    }

    @AfterAll
    void stopBoth() throws Exception {
        file.remove();
        server.close();
        Files.delete(folder);
        daemon.close();
        namespace.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Good ones, so that the bad are not refused for another reason.
                "set=1~~",
                "set=1~private_key=K~listen_port=0~fwmark=0~replace_peers=true~~",
                "set=1~fwmark=~~",
                "set=1~fwmark=4294967295~~",
                "set=1~fwmark=0007~~",
                "set=1~P~protocol_version=1~endpoint=192.0.2.1:5~persistent_keepalive_interval=65535~~",
                "set=1~P~preshared_key=K~replace_allowed_ips=true~allowed_ip=10.1.2.3/8~allowed_ip=fd00::1/64~~",
                "set=1~P~update_only=true~~",
                "set=1~P~remove=true~~",
                "set=1~P~remove=true~allowed_ip=10.0.0.0/8~~",
                "set=1~P~endpoint=[2001:db8::1]:65535~~",
                "set=1~P~endpoint=[fe80::1%lo]:5~~",
                "set=1~P~endpoint=192.0.2.1:0~~",
                "set=1~P~endpoint=[::ffff:192.0.2.1]:7~~",
                "set=1~P~allowed_ip=::ffff:10.0.0.0/104~~",
                "set=1~P~P~P~~",
                // No line at all, or no operation.
                "set=1~x~~",
                "set=1~=~~",
                "set=1~=true~~",
                "set=1~listen_port~~",
                "set=2~~",
                "set=~~",
                "foo=1~~",
                "foo~~",
                " set=1~~",
                "get=2~~",
                "~",
                // Of the device.
                "set=1~private_key=~~",
                "set=1~private_key=K0~~",
                "set=1~private_key=xyz~~",
                "set=1~private_key= K~~",
                "set=1~listen_port=~~",
                "set=1~listen_port=-1~~",
                "set=1~listen_port=+1~~",
                "set=1~listen_port=65536~~",
                "set=1~listen_port=1.0~~",
                "set=1~listen_port=0x10~~",
                "set=1~listen_port=1 ~~",
                "set=1~listen_port=1_0~~",
                "set=1~fwmark=4294967296~~",
                "set=1~fwmark=-1~~",
                "set=1~fwmark=0x10~~",
                "set=1~fwmark=off~~",
                "set=1~replace_peers=false~~",
                "set=1~replace_peers=~~",
                "set=1~replace_peers=1~~",
                "set=1~Listen_Port=1~~",
                "set=1~no_such_key=1~~",
                "set=1~preshared_key=K~~",
                "set=1~allowed_ip=10.0.0.0/8~~",
                "set=1~protocol_version=1~~",
                "set=1~errno=0~~",
                // Of a peer.
                "set=1~public_key=~~",
                "set=1~public_key=K0~~",
                "set=1~public_key=zz~~",
                "set=1~P~listen_port=5~~",
                "set=1~P~private_key=K~~",
                "set=1~P~replace_peers=true~~",
                "set=1~P~update_only=false~~",
                "set=1~P~remove=false~~",
                "set=1~P~remove=~~",
                "set=1~P~preshared_key=~~",
                "set=1~P~preshared_key=12~~",
                "set=1~P~endpoint=~~",
                "set=1~P~endpoint=192.0.2.1~~",
                "set=1~P~endpoint=192.0.2.1:~~",
                "set=1~P~endpoint=192.0.2.1:65536~~",
                "set=1~P~endpoint=192.0.2.1:-5~~",
                "set=1~P~endpoint=192.0.2.1:http~~",
                "set=1~P~endpoint=localhost:5~~",
                "set=1~P~endpoint=192.0.2.256:5~~",
                "set=1~P~endpoint=192.0.2:5~~",
                "set=1~P~endpoint=192.0.2.01:5~~",
                "set=1~P~endpoint=2001:db8::1:5~~",
                "set=1~P~endpoint=[2001:db8::1]~~",
                "set=1~P~endpoint=[2001:db8::1]5~~",
                "set=1~P~endpoint=[192.0.2.1]:5~~",
                "set=1~P~endpoint=[2001:db8::1:5~~",
                "set=1~P~endpoint=[]:5~~",
                "set=1~P~endpoint=:5~~",
                "set=1~P~endpoint=[fe80::1%]:5~~",
                "set=1~P~endpoint=192.0.2.1%lo:5~~",
                "set=1~P~persistent_keepalive_interval=~~",
                "set=1~P~persistent_keepalive_interval=65536~~",
                "set=1~P~persistent_keepalive_interval=-1~~",
                "set=1~P~persistent_keepalive_interval=off~~",
                "set=1~P~replace_allowed_ips=false~~",
                "set=1~P~allowed_ip=~~",
                "set=1~P~allowed_ip=10.0.0.0~~",
                "set=1~P~allowed_ip=10.0.0.0/~~",
                "set=1~P~allowed_ip=10.0.0.0/33~~",
                "set=1~P~allowed_ip=10.0.0.0/-1~~",
                "set=1~P~allowed_ip=10.0.0.0/+8~~",
                "set=1~P~allowed_ip=10.0.0.0/08~~",
                "set=1~P~allowed_ip=10.0.0.0/8/8~~",
                "set=1~P~allowed_ip=10.0.0.0/255.0.0.0~~",
                "set=1~P~allowed_ip=10.0/8~~",
                "set=1~P~allowed_ip=fd00::/129~~",
                "set=1~P~allowed_ip=fd00:::/64~~",
                "set=1~P~allowed_ip=[fd00::]/64~~",
                "set=1~P~allowed_ip=fe80::%lo/64~~",
                "set=1~P~allowed_ip=/8~~",
                "set=1~P~allowed_ip=--10.0.0.0/8~~",
                "set=1~P~protocol_version=2~~",
                "set=1~P~protocol_version=~~",
                "set=1~P~protocol_version=01~~",
                "set=1~P~rx_bytes=5~~",
                "set=1~P~last_handshake_time_sec=5~~",
                "set=1~P~errno=0~~",
            })
    void isAnsweredAlike(String row) throws Exception {
        String request = row.replace("P", "public_key=K").replace("K", KEY).replace('~', '\n');

        String theirs = ask(daemon.socket().toString(), request);
        int before = device.applied().size();
        String ours = ask(file.path(), request);

        assertThat(ours).isEqualTo(theirs);
        assertThat(device.applied().size() - before).isEqualTo(ours.equals("errno=0") ? 1 : 0);
        ask(daemon.socket().toString(), RESET);
        ask(file.path(), RESET);
    }

    /// The first line of the answer; `closed` when there is none.
    private static String ask(String socket, String request) throws Exception {
        try (UnixStream stream = UnixStream.connect(socket)) {
            stream.limitWaiting(20);
            stream.write(request.getBytes(ISO_8859_1));
            byte[] buffer = new byte[4096];
            int got = stream.read(buffer, 0, buffer.length);
            return got == 0
                    ? "closed"
                    : new String(buffer, 0, got, ISO_8859_1).lines().findFirst().orElse("");
        } catch (SystemException e) {
            return switch (e.errno().symbol()) {
                case "ECONNRESET", "EPIPE" -> "closed";
                default -> throw e;
            };
        }
    }
}
