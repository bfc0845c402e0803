// SPDX-License-Identifier: Apache-2.0
package io.wgj.engine.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The vectors of wireguard-go's device/kdf_test.go.
class KdfTest {
    @ParameterizedTest
    @CsvSource({
        "test-key, test-input, 6f0e5ad38daba1bea8a0d213688736f19763239305e0f58aba697f9ffc41c633,"
                + " df1194df20802a4fe594cde27e92991c8cae66c366e8106aaa937a55fa371e8a,"
                + " fac6e2745a325f5dc5d11a5b165aad08b0ada28e7b4e666b7c077934a4d76c24",
        "wireguard, wireguard, 491d43bbfdaa8750aaf535e334ecbfe5129967cd64635101c566d4caefda96e8,"
                + " 1e71a379baefd8a79aa4662212fcafe19a23e2b609a3db7d6bcba8f560e3d25f,"
                + " 31e1ae48bddfbe5de38f295e5452b1909a1b4e38e183926af3780b0c1e1f0160",
        "'', '', 8387b46bf43eccfcf349552a095d8315c4055beb90208fb1be23b894bc2ed5d0,"
                + " 58a0e5f6faefccf4807bff1f05fa8a9217945762040bcec2f4b4a62bdfe0e86e,"
                + " 0ce6ea98ec548f8e281e93e32db65621c45eb18dc6f0a7ad94178610a2f7338e",
    })
    void derivesTheKnownKeys(String keyText, String inputText, String first, String second, String third) {
        byte[] key = keyText.getBytes(US_ASCII);
        byte[] input = inputText.getBytes(US_ASCII);
        byte[] t1 = new byte[32];
        byte[] t2 = new byte[32];
        byte[] t3 = new byte[32];
        Kdf.kdf1(key, input, t1);
        assertThat(Hex.text(t1)).isEqualTo(first);
        Kdf.kdf2(key, input, t2, t1);
        assertThat(Hex.text(t2) + Hex.text(t1)).isEqualTo(first + second);
        Kdf.kdf3(key, input, t1, t2, t3);
        assertThat(Hex.text(t1) + Hex.text(t2) + Hex.text(t3)).isEqualTo(first + second + third);
    }

    @Test
    void writesTheFirstResultOverItsKey() {
        byte[] input = Hex.row(5, 32);
        byte[] expected1 = new byte[32];
        byte[] expected2 = new byte[32];
        Kdf.kdf2(Hex.row(0, 32), input, expected1, expected2);

        byte[] chain = Hex.row(0, 32);
        byte[] key = new byte[32];
        Kdf.kdf2(chain, input, chain, key);

        assertThat(chain).isEqualTo(expected1);
        assertThat(key).isEqualTo(expected2);
    }
}
