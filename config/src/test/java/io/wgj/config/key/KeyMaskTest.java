// SPDX-License-Identifier: Apache-2.0
package io.wgj.config.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyMaskTest {
    private static final String KEY = "yAnz5TF+lXXJte14tji3zlMNq+hd2rYUIgJBgB3fBmk=";
    private static final String HEX = "c809f3e5317e9575c9b5ed78b638b7ce530dabe85ddab6142202418" + "01ddf0669";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "KEY|(hidden)",
                "Error: argument \"KEY\" is wrong|Error: argument \"(hidden)\" is wrong",
                "Name or service not known: `KEY:51820'|Name or service not known: `(hidden):51820'",
                "PrivateKey=KEY|PrivateKey=(hidden)",
                "KEY,KEY KEYKEY|(hidden),(hidden) (hidden)(hidden)",
                "`/etc/wireguard/KEY': No such file|`/etc/wireguard/(hidden)': No such file",
                "/etc/wireguard/keys/KEY.conf|/etc/wireguard/keys/(hidden).conf",
                "xKEY|(hidden)",
                "preshared-key KEY|preshared-key (hidden)",
                "peer KEY preshared-key KEY|peer KEY preshared-key (hidden)",
                "wg set wg0 peer 'KEY'|wg set wg0 peer 'KEY'",
                "PublicKey = KEY|PublicKey = KEY",
                "publickey:KEY|publickey:KEY",
                "NotAPublicKeyKEY|(hidden)",
                "private_key=HEX|private_key=(hidden)",
                "public_key=HEX|public_key=HEX",
                "0xHEX|0x(hidden)",
                "HEXHEX|(hidden)",
            })
    void hidesWhatIsNotPublic(String text, String shown) {
        assertThat(KeyMask.hide(filled(text))).isEqualTo(filled(shown));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing to hide",
                "/var/lib/some/where/there/is/a/configuration/that/has/a/long/path",
                "thequickbrownfoxjumpsoverthelazydogandagain",
                "10.0.0.0/8,fd00::/8",
                "net.ipv4.conf.all.src_valid_mark=1",
                "a(hidden)b",
            })
    void leavesTheRest(String text) {
        assertThat(KeyMask.hide(text)).isEqualTo(text);
    }

    @Test
    void hidesEveryKeyInEveryForm() {
        Random random = new Random(11);
        for (int i = 0; i < 2_000; i++) {
            byte[] key = new byte[KeyText.KEY_LENGTH];
            random.nextBytes(key);
            String text = Base64.getEncoder().encodeToString(key);
            String url = Base64.getUrlEncoder().encodeToString(key);
            for (String form : new String[] {text, url, text.substring(0, 43), "/" + text, "/x/y/" + url}) {
                for (String around : new String[] {"%s", "a %s b", "`%s'", "k=%s,", "%s;%s"}) {
                    assertThat(KeyMask.hide(around.replace("%s", form)))
                            .doesNotContain(text.substring(5, 20))
                            .doesNotContain(url.substring(5, 20))
                            .contains(KeyMask.HIDDEN);
                }
            }
        }
    }

    private static String filled(String text) {
        return text.replace("KEY", "\0").replace("HEX", HEX).replace("\0", KEY);
    }
}
