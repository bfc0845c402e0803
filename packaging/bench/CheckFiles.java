// SPDX-License-Identifier: Apache-2.0
import io.wgj.config.key.PrivateKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Writes a network of files for the benchmark of `check`: a hub and its clients, always the same.
class CheckFiles {
    public static void main(String[] words) throws Exception {
        Path folder = Path.of(words[0]);
        int count = Integer.parseInt(words[1]);
        Random random = new Random(1);
        PrivateKey hub = key(random);
        StringBuilder server = new StringBuilder("[Interface]\nAddress = 10.0.0.1/16\nPrivateKey = " + hub.toBase64()
                + "\nListenPort = 51820\n");
        for (int i = 1; i < count; i++) {
            PrivateKey client = key(random);
            String address = "10.0." + (i / 250) + "." + (2 + i % 250);
            server.append("\n[Peer]\nPublicKey = ").append(client.publicKey().toBase64());
            server.append("\nAllowedIPs = ").append(address).append("/32\n");
            Files.writeString(
                    folder.resolve("client" + i + ".conf"),
                    "[Interface]\nAddress = " + address + "/16\nPrivateKey = " + client.toBase64()
                            + "\nPostUp = ip rule add from 10.1.0.0/24 table 77\n"
                            + "PostDown = ip rule delete from 10.1.0.0/24 table 77\n\n[Peer]\nPublicKey = "
                            + hub.publicKey().toBase64() + "\nEndpoint = 203.0.113.10:51820\n"
                            + "AllowedIPs = 10.0.0.0/16, 10.77.0.0/16, fd00::/64\nPersistentKeepalive = 25\n");
        }
        Files.writeString(folder.resolve("hub.conf"), server);
    }

    private static PrivateKey key(Random random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return PrivateKey.fromRandom(bytes);
    }
}
