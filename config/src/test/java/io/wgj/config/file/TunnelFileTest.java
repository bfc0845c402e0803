// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.file;

import static io.wgj.config.Fixtures.K1;
import static io.wgj.config.Fixtures.K2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wgj.config.cases.Case;
import io.wgj.config.device.Change;
import io.wgj.config.device.DeviceUpdate;
import io.wgj.config.key.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelFileTest {
    private static final String NAMES = """
            [Peer]
            PublicKey = %s
            Endpoint = a.example:1
            [Interface]
            ListenPort = domain
            [Peer]
            PublicKey = %s
            Endpoint = b.example:2
            [Peer]
            PublicKey = %s
            Endpoint = 1.2.3.4:3
            """.formatted(K1, K2, K1);

    private static TunnelFile config(String text) {
        return WgConfigParser.parse("f", text).file().orElseThrow();
    }

    @Test
    void looksNamesUpInTheOrderOfTheFileAndNumbersNever() throws Exception {
        var resolver = new FakeResolver();
        DeviceUpdate update = config(NAMES).replacing(resolver);
        assertThat(resolver.asked()).containsExactly("a.example:1", "domain", "b.example:2");
        assertThat(update.listenPort()).isEqualTo(Change.set(53));
        assertThat(update.peers()).hasSize(3);
    }

    @Test
    void looksAPortUpThatComesLast() throws Exception {
        var resolver = new FakeResolver();
        config("[Peer]\nPublicKey=" + K1 + "\nEndpoint=a.example:1\n[Interface]\nListenPort=domain")
                .adding(resolver);
        assertThat(resolver.asked()).containsExactly("a.example:1", "domain");
    }

    @Test
    void asksForNoNameThatALaterLineOverrides() throws Exception {
        var resolver = new FakeResolver();
        config("[Peer]\nPublicKey=" + K1 + "\nEndpoint=nowhere:1\nEndpoint=a.example:1\n")
                .adding(resolver);
        assertThat(resolver.asked()).containsExactly("a.example:1");
    }

    @Test
    @Case("H09")
    void placesANameThatNobodyKnows() {
        TunnelFile config = config("[Interface]\nListenPort = 5 ; foo\n");
        var failure = assertThatExceptionOfType(LocatedResolveException.class)
                .isThrownBy(() -> config.replacing(new FakeResolver()))
                .actual();
        assertThat(failure.place()).isEqualTo(new Place("f", 2, 14));
        assertThat(failure.failure().text()).isEqualTo("5;foo");
    }

    @Test
    @Case("H31")
    void erasesWhatTheFileDoesNotMentionOnlyWhenReplacing() throws Exception {
        TunnelFile empty = config("");
        DeviceUpdate replacing = empty.replacing(new FakeResolver());
        assertThat(replacing)
                .isEqualTo(new DeviceUpdate(Change.clear(), Change.clear(), Change.clear(), true, List.of()));
        DeviceUpdate adding = empty.adding(new FakeResolver());
        assertThat(adding).isEqualTo(DeviceUpdate.ofPeers(List.of()));
    }

    @Test
    void takesAKeyFromOutsideOfTheFile() throws Exception {
        PrivateKey key = PrivateKey.parseBase64(K1).orElseThrow();
        assertThat(config("").withPrivateKey(key).adding(new FakeResolver()).privateKey())
                .isEqualTo(Change.set(key));
    }
}
